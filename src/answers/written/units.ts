/** What numbers count, in Chinese and English, in folded text. Larger sets stand before their parts. */
const table: ReadonlyArray<readonly [unit: string, chinese: string, english: string]> = [
  ['percent', '%|个?百分点|个百分比', '%|percent|per cent|percentage points?'],
  ['age', '岁', 'years? old|year-old'],
  ['year', '周年|年代?', 'years?'],
  ['month', '个?月', 'months?'],
  ['week', '个?星期|周(?!年)', 'weeks?'],
  ['day', '[日天号](?!线)', 'days?'],
  ['hour', '个?小时|个?钟头|时(?!代|期)|点钟?', "hours?|o'clock|a\\.?m\\b|p\\.?m\\b"],
  ['minute', '分钟', 'minutes?'],
  ['second', '秒钟?', 'seconds?'],
  ['dollar', '美元|美金', '(?:us )?dollars?|usd'],
  ['euro', '欧元', 'euros?|eur'],
  ['yuan', '(?:块|元)(?:人民币)?', 'yuan|rmb|renminbi|cny'],
  ['person', '[人名位]', 'people|persons?'],
  ['km2', '平方公里|平方千米', 'square (?:km|kilomet(?:er|re)s?)|km2'],
  ['m2', '平方米|平米', 'square (?:m|met(?:er|re)s?)|m2'],
  ['km', '公里|千米', 'km|kilomet(?:er|re)s?'],
  ['cm', '厘米|公分', 'cm|centimet(?:er|re)s?'],
  ['mm', '毫米', 'mm|millimet(?:er|re)s?'],
  ['m', '米', 'm|met(?:er|re)s?'],
  ['mu', '亩', 'mu'],
  ['hectare', '公顷', 'ha|hectares?'],
  ['ton', '吨', 'tons?|tonnes?'],
  ['kg', '公斤|千克', 'kg|kilograms?|kilos?'],
  ['gram', '克', 'g|grams?'],
  ['degree', '(?:摄氏)?度|°c?|℃', 'degrees?|°c?'],
];

/** Words that only count, and say nothing else of what is counted. */
const counters =
  '[个家座项条件辆艘架台部层届批期类种套所间栋场支片颗根段组句页篇章门股轮步队大省市县区镇村国级幅张只头匹棵份笔宗起户次倍]';

const chinese = table.map(([unit, words]) => [unit, new RegExp(`^[多余几]?(?:${words})`)] as const);
const english = table.map(
  ([unit, , words]) => [unit, new RegExp(`^[ -]?(?:${words})(?![a-z])`)] as const,
);
const counter = new RegExp(`^[多余]?${counters}`);

/** The unit that the text after a number names; null when it names none that is known. */
export function unitBefore(after: string): string | null {
  const found = [...chinese, ...english].find(([, pattern]) => pattern.test(after));
  return found?.[0] ?? null;
}

/** Whether what stands after a single Chinese figure makes it a number: 三家 is one, 三农 is none. */
export function isCounted(after: string): boolean {
  return counter.test(after) || chinese.some(([, pattern]) => pattern.test(after));
}
