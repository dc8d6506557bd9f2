/** Where a sentence says nearly what the question says, but the opposite. Pure. */
import type { Alignment } from './alignment.ts';
import type { Question } from './question.ts';
import type { Analysed } from './words.ts';

/** Words of which one means the opposite of the other. */
export const OPPOSITES: ReadonlyArray<readonly [string, string]> = (
  '最大/最小 最高/最低 最早/最晚 最多/最少 最长/最短 最好/最差 最强/最弱 最后/最先 首次/最后 第一/最后 增加/减少 增长/下降 上升/下降 提高/降低 扩大/缩小 ' +
  '之前/之后 以前/以后 开始/结束 成立/解散 建立/废除 出生/去世 开放/关闭 开启/关闭 启用/停用 支持/反对 赞成/反对 同意/拒绝 接受/拒绝 允许/禁止 承认/否认 ' +
  '成功/失败 胜利/失败 战胜/败给 获得/失去 加入/退出 进口/出口 买/卖 购买/出售 攻击/防御 进攻/防守 合法/非法 公开/秘密 直接/间接 内部/外部 国内/国外 国内/国际 ' +
  '积极/消极 正面/负面 优点/缺点 优势/劣势 主要/次要 古代/现代 早期/晚期 白天/夜间 白天/晚上 夏季/冬季 春季/秋季 男性/女性 男子/女子 父亲/母亲 儿子/女儿 ' +
  '北部/南部 东部/西部 北方/南方 东方/西方 上游/下游 左侧/右侧 高/低 多/少 强/弱 快/慢 大/小 长/短 新/旧 富/穷 富裕/贫穷 简单/复杂 容易/困难 安全/危险 城市/农村'
)
  .split(' ')
  .map((pair) => {
    const [one = '', other = ''] = pair.split('/');
    return [one, other];
  });

/** What negates the word behind it, at the end of the folded text before that word. */
export const NEGATED =
  /(?:不|没有?|未|无|非|勿|拒绝|禁止|\bnot|\bnever|\bno)[能会可想愿得曾法]?\s?$/;

export interface Conflicts {
  /** The sentence has the opposite of a word of the question, and not the word. */
  readonly opposite: number;
  /** One of the two negates what the other asserts. */
  readonly negated: number;
}

export function conflictsOf(
  question: Question,
  sentence: Analysed,
  { found }: Alignment,
): Conflicts {
  const asked = wordsOf(question);
  const said = wordsOf(sentence);
  return {
    opposite: OPPOSITES.some((pair) => areOpposed(pair, asked, said)) ? 1 : 0,
    negated: isNegationAmiss(question, sentence, found) ? 1 : 0,
  };
}

function wordsOf({ words }: Analysed): Set<string> {
  return new Set(words.map(({ text }) => text));
}

function areOpposed(
  [one, other]: readonly [string, string],
  asked: ReadonlySet<string>,
  said: ReadonlySet<string>,
): boolean {
  const word = asked.has(one) ? one : other;
  const opposite = word === one ? other : one;
  return asked.has(word) && !said.has(word) && said.has(opposite) && !asked.has(opposite);
}

function isNegationAmiss(
  { content, folded }: Question,
  sentence: Analysed,
  found: readonly number[],
): boolean {
  return content.some((word, index) => {
    if (!/^[vadi]/.test(word.tag)) return false;
    const asked = NEGATED.test(folded.slice(0, word.start));
    if ((found[index] ?? 0) < 1) return asked;
    const said = sentence.words
      .filter(({ text }) => text === word.text)
      .map(({ start }) => NEGATED.test(sentence.folded.slice(0, start)));
    return said.length > 0 && said.every((negated) => negated !== asked);
  });
}
