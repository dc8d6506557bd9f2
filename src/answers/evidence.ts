/** Does a sentence hold something of the kind that is asked for, and where? Pure; works on folded text. */
import { UNITS } from './answer-types.ts';
import type { AnswerType } from './answer-types.ts';
import type { Question } from './question.ts';
import { SURNAMES } from './surnames.ts';
import type { Analysed, Word } from './words.ts';

/** A stretch of a sentence that could be the answer. */
export interface Candidate {
  /** In the sentence's folded text. */
  readonly start: number;
  readonly end: number;
  /** How well it fits what is asked for, 0…1: 1 for a number with the very unit asked for. */
  readonly fit: number;
}

const NUMERAL = '(?:\\d[\\d,.]*|[零〇一二两三四五六七八九十百千万亿]+|半|数[十百千万])';
const NUMBER = new RegExp(
  `第?(?:百分之|${NUMERAL}分之)?${NUMERAL}(?:[-~至到]${NUMERAL})?[多余几]?[百千万亿]*|无数|无限|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\\b`,
  'gu',
);
const DATE = new RegExp(
  `公元前?\\s?\\d+年?|(?:${NUMERAL}|去|今|明|当|次|同|翌)年(?:代|初|底|末|中)?(?:前后|左右)?(?:[\\d一二三四五六七八九十]+月)?(?:[\\d一二三四五六七八九十]+日)?|` +
    `[\\d一二三四五六七八九十本上下当]+个?月(?!亮|球|饼)(?:[\\d一二三四五六七八九十]+[日号])?|[\\d一二三四五六七八九十]+[日号](?!本|线|楼)|` +
    '(?:\\d+|[一二三四五六七八九十]+)世纪|\\d0年代|[上下本]周|周[一二三四五六日末]|星期[一二三四五六日天]|[今昨明前后当次]天|[今昨明当]日|' +
    '近年|[早晚中]年|[早晚中初]期|(?:夏|商|周|秦|西汉|东汉|汉|三国|晋|隋|唐|宋|北宋|南宋|元|明|清|辽|金)(?:朝|代|末|初)|[中新古]生代|\\p{Script=Han}{1,2}世(?=[早中晚,。期纪])|年间|民国|近日|日前|春季|夏季|秋季|冬季|春天|夏天|秋天|冬天|凌晨|早上|上午|中午|下午|晚上|' +
    '\\d{1,2}[:点时]\\d{0,2}|\\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|century)\\b(?: \\d+)?|\\b1\\d{3}s?\\b|\\b20\\d\\ds?\\b',
  'gu',
);
const DURATION = new RegExp(
  `(?:${NUMERAL}|几|多)[多余]?(?:年半?|个半?月|个多月|天|日(?!本)|周(?!年|岁)|个?星期|个半?小时|个?钟头|分钟|秒钟?|世纪)(?![\\d一二三四五六七八九十]{1,2}[月日])|\\b(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|several)[ -](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?)\\b|永久|长期|终身`,
  'gu',
);
/** 放映师蔡金水把: a name between a role and what its bearer does. */
const NAME_AFTER_ROLE = new RegExp(
  `(?<=[长师者员家士任授记席理统手官民总事])[${SURNAMES}]\\p{Script=Han}{1,2}?(?=说|表示|介绍|指出|认为|告诉|透露|把|于|在|将|是|与|和|为|的|会|带|写|提|算|保|主|宣|[、,(等]|$)`,
  'gu',
);
const REASON =
  /因为|由于|因此|所以|因而|为了|原因|导致|使得|致使|以便|旨在|目的|缘于|源于|出于|造成|引起|是因|故而?|从而|以免|受.{1,12}影响|because|due to|since|so that|in order to|as a result|therefore|caused/g;
const MANNER =
  /通过|利用|采用|采取|运用|借助|依靠|方式|方法|办法|措施|步骤|首先|然后|其次|应该?|可以|必须|需要?|要(?!求)|即可|建议|推进|加强|建立|by \w+ing|using|through|should|must|can/g;
const DEFINITION =
  /是(?:指|一[种个款项门类名部座家所])|是.{1,30}(?:的)?(?:之一|总称|统称|简称|别称)|指的?是|即|称为|又称|简称|意思|意为|意指|定义|含义|就是|属于|表示|代表|\bis an?\b|\bare\b|refers? to|means?|known as/g;
const TITLE =
  /《[^》]{1,40}》|"[^"]{1,30}"|(?:名为|叫做?|称为|称作|取名|命名为?|改名为?|又名)[^,。;]{1,12}/g;
const LIST =
  /[^,。;:、]{1,12}(?:、[^,。;:、]{1,20})+|(?:包括|包含|分为|分别|涵盖|涉及|如下|一是|首先|第一)[^。]*/g;

const PERSON_SUFFIX = /(?:者|家|师|员|人|长|士|手|民|帝|王|族|兵|客)$/;
const PLACE_SUFFIX =
  /(?:省|市|县|区|镇|乡|村|州|国|洲|岛|山|河|湖|海|江|路|街|道|巷|广场|机场|车站|大学|公园|大厦|中心|地区|东部|西部|南部|北部|境内|附近|郊外|沿岸|半岛|平原|盆地|高原)$/;
const ORGANISATION_SUFFIX =
  /(?:公司|集团|企业|大学|学院|学校|中学|小学|局|部|委员会|委|厅|署|银行|医院|协会|学会|联盟|中心|党|报|社|台|网|会|军|队|院|所|组织|机构|政府|法院|剧团|乐队|俱乐部|球队|教会)$/;

type Finder = (question: Question, sentence: Analysed) => Candidate[];

/** For each kind of answer, what in a sentence could be one. */
const FINDERS: Readonly<Record<AnswerType, Finder>> = {
  amount: (question, { folded }) => amounts(question, folded),
  date: (question, { folded }) => dates(question, folded),
  duration: (_, { folded }) => matches(folded, DURATION, 1),
  reason: (_, { folded }) => matches(folded, REASON, 1),
  manner: (_, { folded }) => matches(folded, MANNER, 0.6),
  definition: (_, { folded }) => matches(folded, DEFINITION, 1),
  title: (_, { folded, words }) => [
    ...matches(folded, TITLE, 1),
    ...tagged(words, /^(?:nz|nr|x|eng|n)$/, 0.4),
  ],
  list: (_, { folded, words }) => [
    ...matches(folded, LIST, 1),
    ...tagged(words, /^(?:n|eng)/, 0.3),
  ],
  person: (_, sentence) => [
    ...matches(sentence.folded, NAME_AFTER_ROLE, 1),
    ...people(sentence.words),
    ...names(sentence, 1),
    ...tagged(sentence.words, /^(?:x|nz)$/, 0.5),
    ...suffixed(sentence.words, PERSON_SUFFIX, 0.6),
  ],
  place: (_, sentence) => [
    ...tagged(sentence.words, /^ns/, 1),
    ...suffixed(sentence.words, PLACE_SUFFIX, 0.8),
    ...names(sentence, 0.5),
  ],
  organisation: (_, sentence) => [
    ...tagged(sentence.words, /^nt/, 1),
    ...suffixed(sentence.words, ORGANISATION_SUFFIX, 1),
    ...names(sentence, 0.5),
  ],
  thing: (_, { words }) => tagged(words, /^(?:n|vn|eng|x|l|i|j)/, 0.5),
  'yes-no': () => [],
};

/** Candidates of the kind that the question asks for; what the question itself says is no candidate. */
export function candidatesOf(question: Question, sentence: Analysed): Candidate[] {
  if (question.asksFor === null) return [];
  const found = FINDERS[question.asksFor](question, sentence);
  return found.filter(
    ({ start, end }) => !question.folded.includes(sentence.folded.slice(start, end)),
  );
}

function matches(folded: string, pattern: RegExp, fit: number): Candidate[] {
  return Array.from(folded.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    fit,
  }));
}

/** 哪一天 wants a day: a year or a month alone does not answer it. */
const ASKS_FOR_DAY = /哪一?[天日]|几[日号]|\b(?:what|which) (?:day|date)\b/;
const NAMES_DAY = /[日号天]|周[一二三四五六日末]|星期|day|[a-z]{3,} \d/;

function dates(question: Question, folded: string): Candidate[] {
  const wantsDay = ASKS_FOR_DAY.test(question.folded);
  return matches(folded, DATE, 1).flatMap((candidate) => {
    const text = folded.slice(candidate.start, candidate.end);
    // Half a year is a time that passes, not one in the calendar.
    if (text.startsWith('半年')) return [];
    return [wantsDay && !NAMES_DAY.test(text) ? { ...candidate, fit: 0.3 } : candidate];
  });
}

/** Numbers: best with the unit asked for, then with a unit of the dimension, then with any measure word. */
function amounts(question: Question, folded: string): Candidate[] {
  const { unit, dimension, focus } = question;
  const asksRank = question.folded.slice(question.slot[0]).startsWith('第');
  const candidates: Candidate[] = [];
  for (const match of folded.matchAll(NUMBER)) {
    const start = match.index;
    const end = start + match[0].length;
    const after = folded.slice(end, end + 12).trimStart();
    if (/^[年月](?!多)|^世纪|^日(?!元)/.test(after) && dimension !== 'time') continue;
    const isOrdinary = match[0] !== '一' || /^[个项座家种名位]/.test(after);
    const isRank = match[0].startsWith('第');
    if (!isOrdinary || isRank !== asksRank) continue;
    candidates.push({ start, end, fit: amountFit(match[0], after) });
  }
  return candidates;

  function amountFit(number: string, after: string): number {
    if (unit !== null && (after.startsWith(unit) || after.startsWith(`多${unit}`))) return 1;
    if (dimension !== null) {
      const isPercent = dimension === 'percent' && number.startsWith('百分之');
      return isPercent || UNITS[dimension].test(after) ? 1 : 0.15;
    }
    if (focus !== null && after.slice(0, 8).includes(focus.text)) return 1;
    const hasOtherUnit = Object.values(UNITS).some((pattern) => pattern.test(after));
    if (unit !== null) return hasOtherUnit ? 0.2 : 0.4;
    return hasOtherUnit ? 0.8 : 0.6;
  }
}

function tagged(words: readonly Word[], tag: RegExp, fit: number): Candidate[] {
  return words
    .filter((word) => tag.test(word.tag) && word.text.length > 1)
    .map(({ start, end }) => ({ start, end, fit }));
}

/** Words that look like a person's name in the dictionary's eyes and begin with a surname or are transliterated. */
function people(words: readonly Word[]): Candidate[] {
  return words
    .filter(({ tag, text }) => tag.startsWith('nr') && text.length > 1)
    .map(({ start, end, text }) => {
      const isLikely = SURNAMES.includes(text.charAt(0)) || text.length > 2;
      return { start, end, fit: isLikely ? 1 : 0.6 };
    });
}

function suffixed(words: readonly Word[], suffix: RegExp, fit: number): Candidate[] {
  return words
    .filter(
      (word) => /^(?:n|l|j|x|s|f)/.test(word.tag) && word.text.length > 1 && suffix.test(word.text),
    )
    .map(({ start, end }) => ({ start, end, fit }));
}

/** Runs of capitalised words within a sentence of a Latin script: names of any kind. */
function names({ raw, folded, offsets, words }: Analysed, fit: number): Candidate[] {
  const isCapital = (word: Word): boolean => /^\p{Lu}/u.test(raw.slice(offsets[word.start] ?? 0));
  return words
    .filter(
      (word, index) =>
        /^[a-z]/.test(word.text) && isCapital(word) && (index > 0 || folded.length < 60),
    )
    .filter((word) => word.weight > 0)
    .map(({ start, end }) => ({ start, end, fit }));
}

/** Kinds of answer whose absence speaks against a sentence. */
export function isTelling(type: AnswerType | null): boolean {
  return type !== null && type !== 'yes-no' && type !== 'thing' && type !== 'manner';
}
