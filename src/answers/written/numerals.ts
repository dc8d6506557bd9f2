/** Chinese and English number words → values. Everything here takes folded text. */

const digits = new Map(
  [
    ...[
      '零〇',
      '一壹幺',
      '二贰两',
      '三叁',
      '四肆',
      '五伍',
      '六陆',
      '七柒',
      '八捌',
      '九玖',
    ].entries(),
  ].flatMap(([value, characters]) =>
    Array.from(characters, (character) => [character, value] as const),
  ),
);

/** Largest first. Only the last two repeat within a number: 三千万, 一万亿. */
const units: ReadonlyArray<readonly [character: string, size: number]> = [
  ['亿', 1e8],
  ['万', 1e4],
  ['千仟', 1e3],
  ['百佰', 1e2],
  ['十拾', 10],
].flatMap(([characters, size]) =>
  Array.from(String(characters), (one) => [one, Number(size)] as const),
);

/** For regular expressions: the characters that a Chinese number is written with. */
export const CHINESE_DIGITS = [...digits.keys()].join('');
export const CHINESE_UNITS = units.map(([character]) => character).join('');

const decimal = new RegExp(`^(.+)点([${CHINESE_DIGITS}]+)([${CHINESE_UNITS}]*)$`);

/**
 * The value of a number written with Chinese characters, with Arabic figures before Chinese units, or
 * both: 三十 30, 二〇二〇 2020, 一百二 120, 1.5亿 150000000, 3亿5千万 350000000, 三点五亿 350000000.
 * @returns null for what is no number: 千万 (by all means), 3三
 */
export function numeralValue(numeral: string): number | null {
  const [, whole, fraction = '', unit = ''] = decimal.exec(numeral) ?? [];
  if (whole === undefined) return exact(valueOf(numeral, false));
  const before = valueOf(whole, false);
  const size = unit === '' ? 1 : valueOf(`一${unit}`, false);
  if (before === null || size === null) return null;
  return exact(Number(`${before}.${leaf(fraction)}`) * size);
}

/** @param within - whether larger units stand before or after, so that 百 alone means 100 */
function valueOf(numeral: string, within: boolean): number | null {
  for (const [unit, size] of units) {
    const at = numeral.lastIndexOf(unit);
    if (at < 0) continue;
    const times = at === 0 ? leftless(size, within) : valueOf(numeral.slice(0, at), true);
    const rest = restValue(numeral.slice(at + 1), size);
    return times === null || rest === null ? null : times * size + rest;
  }
  return leaf(numeral);
}

function leftless(size: number, within: boolean): number | null {
  return size === 10 || (within && size < 1e4) ? 1 : null;
}

/** What stands behind a unit: 五 in 三万五 is 5000, in 一百零五 5. */
function restValue(rest: string, size: number): number | null {
  if (rest === '') return 0;
  const digit = digits.get(rest);
  if (digit !== undefined) return (digit * size) / 10;
  return valueOf(rest.replace(/^[零〇]/, ''), true);
}

function leaf(numeral: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(numeral)) return Number(numeral);
  const values = Array.from(numeral, (character) => digits.get(character));
  return values.length === 0 || values.includes(undefined) ? null : Number(values.join(''));
}

/** Takes off what binary fractions add: 1.1 × 10000 is 11000.000000000002. */
function exact(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(15));
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const words = new Map<string, number>([
  ...ones.map((word, value) => [word, value] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
]);
const multipliers = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['dozen', 12],
]);

/** For regular expressions: one English number word, longest first. */
export const ENGLISH_WORD = [...words.keys()].sort((a, b) => b.length - a.length).join('|');
export const ENGLISH_MULTIPLIER = [...multipliers.keys()].join('|');

/**
 * The value of English number words or of figures followed by some: `twenty-one`, `three hundred and
 * five`, `1.5 billion`.
 */
export function englishValue(numeral: string): number {
  let total = 0;
  let section = 0;
  for (const word of numeral.split(/[\s-]+/)) {
    const multiplier = multipliers.get(word.replace(/s$/, ''));
    if (multiplier === undefined) {
      section += words.get(word) ?? (Number(word.replaceAll(',', '')) || 0);
    } else if (multiplier < 1000) {
      section = (section || 1) * multiplier;
    } else {
      total += (section || 1) * multiplier;
      section = 0;
    }
  }
  return Number((total + section).toPrecision(15));
}
