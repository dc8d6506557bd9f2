/**
 * Evidence of the kind of answer that a question asks for. Coarse on purpose: it ranks paragraphs;
 * which sentence answers is judged where answers are made.
 */
import { fold } from '../text/fold.ts';

const CHINESE_NUMBER = '[\\d一二两三四五六七八九十百千万亿几半多]';
const AMOUNT = new RegExp(`\\d|${CHINESE_NUMBER}+[个只条项家名位人岁元块次倍种集平米]`);
const TIME =
  /\d{1,4}[年月日号点时]|\d{4}-\d|[一二三四五六七八九十]+[月日点年]|世纪|周[一二三四五六日]|[上下]午|\b(?:19|20)\d\d\b/;
const DURATION = new RegExp(`${CHINESE_NUMBER}+个?多?(?:小时|分钟|[年月天日周秒])|~|-`);
const PLACE = /[省市县区镇乡村路街道州国岛山河江湖海港]|位于|地处/;
const PERSON =
  /[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]\p{Script=Han}{1,2}|·|\b[A-Z]?[a-z]+ [a-z]+/u;

/** Each kind of question with what its answers look like, the more telling first. */
const KINDS: ReadonlyArray<readonly [question: RegExp, answer: RegExp]> = [
  [/多久|多长时间|几[个]?(?:小时|分钟|天|年|月|周)(?!份)|how long/, DURATION],
  [
    /什么时候|什么时间|何时|哪[一]?[天年月日]|几[月号点日]|时间|when\b|what (?:year|date|day)/,
    TIME,
  ],
  [/多少|几|多[大高长重远宽深]|how (?:many|much)|费用|价格|电话|号码|比例/, AMOUNT],
  [/谁|什么人|哪[一]?[位个]人|\bwho(?:m|se)?\b/, PERSON],
  [/哪里|哪儿|什么地方|何地|在哪|\bwhere\b/, PLACE],
];

/** What answers to the question look like; null where it does not show. */
export function answerKindOf(question: string): RegExp | null {
  const folded = fold(question);
  return KINDS.find(([asks]) => asks.test(folded))?.[1] ?? null;
}

const NEAR = 60;

/**
 * 1: something of that kind stands near a term of the question; 0.5: elsewhere, or the kind is not
 * known; 0: nowhere.
 * @param at - where terms of the question stand, ascending
 */
export function answerKindFit(kind: RegExp | null, at: readonly number[], text: string): number {
  if (kind === null) return 0.5;
  const all = new RegExp(kind, 'gu');
  let isThere = false;
  for (const { index } of text.matchAll(all)) {
    isThere = true;
    if (at.some((place) => Math.abs(place - index) <= NEAR)) return 1;
  }
  return isThere ? 0.5 : 0;
}
