import { taggedWordsOf } from '../../text/words.ts';
import { NEGATED, OPPOSITES } from '../conflicts.ts';

/** Says that something is not so. Folded; set phrases that deny nothing (不仅, 未来, 非常, No. 1) are not among it. */
const denial =
  /没有|没(?=[能会被人])|(?:从|并|尚|仍|还|至今)未|未(?=[能曾被有获经])|并非|不是|不(?=[会能再得曾必])|[从并绝]不|无[法人]|\b(?:not|never|cannot|nobody|none|neither)\b|\bno\b(?!\.)|n't\b/;
/** May be the ground of a denial. */
const denialOfAnyKind =
  /[不没未无非否禁拒免停缺失零勿别]|\b(?:no|not|nor|never|none|nobody|nothing|neither|without|cannot|fail|refuse|reject|deny|denie[sd]|ban)|n't\b/;

/** Words of one meaning, of which any may stand for another. */
type Side = readonly string[];
const growing: Side = '增加 增长 增多 上升 上涨 提高 提升 扩大'.split(' ');
const shrinking: Side = '减少 减小 下降 下跌 下滑 降低 缩小'.split(' ');
/** Each side with its opposite, in both directions. */
const sides: ReadonlyArray<readonly [Side, Side]> = [
  [growing, shrinking] as const,
  ...OPPOSITES.filter(([one]) => !growing.includes(one)).map(
    ([one, other]) => [[one], [other]] as const,
  ),
].flatMap(([one, other]) => [[one, other] as const, [other, one] as const]);

/**
 * The word with which a sentence says the opposite of its quotes: it denies and nothing in them does,
 * it affirms what they deny, or has 减少 where they have 增加. Null where none is found, which does not
 * show that there is none.
 * @param sentence - folded, as `quotes`
 */
export function oppositeIn(sentence: string, quotes: string): string | null {
  const [denied] = denial.exec(sentence) ?? [];
  if (denied !== undefined && !denialOfAnyKind.test(quotes)) return denied;
  return turnedIn(sentence, quotes) ?? antonymIn(sentence, quotes);
}

/**
 * What is denied at every place in one of the two and at none in the other. A sentence that denies in
 * other words is spared.
 */
function turnedIn(sentence: string, quotes: string): string | null {
  const isPlain = !denialOfAnyKind.test(sentence);
  const turned = taggedWordsOf(sentence).find(({ word, tag }) => {
    if (word.length < 2 || !/^[va]/.test(tag)) return false;
    const [said, quoted] = [negationsOf(word, sentence), negationsOf(word, quotes)];
    const isDenied = quoted.length > 0 && quoted.every(Boolean) && isPlain;
    const isAffirmed = quoted.length > 0 && !quoted.some(Boolean) && said.every(Boolean);
    return isDenied || isAffirmed;
  });
  return turned?.word ?? null;
}

/** Whether a word is negated, at each of its places. */
function negationsOf(word: string, text: string): boolean[] {
  return text
    .split(word)
    .slice(0, -1)
    .map((before) => NEGATED.test(before));
}

function antonymIn(sentence: string, quotes: string): string | null {
  const [said, quoted] = [sentence, quotes].map(
    (text) => new Set(taggedWordsOf(text).map(({ word }) => word)),
  );
  const isIn = (words: ReadonlySet<string> | undefined, side: Side): string | undefined =>
    side.find((word) => words?.has(word));
  const turned = sides.find(
    ([side, opposite]) =>
      isIn(said, side) && !isIn(quoted, side) && isIn(quoted, opposite) && !isIn(said, opposite),
  );
  return turned === undefined ? null : (isIn(said, turned[0]) ?? null);
}
