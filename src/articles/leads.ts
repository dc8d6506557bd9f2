/** The openings of news paragraphs that name the agency, the place, the day, the reporters. */

import { creditOf } from './bylines.ts';
import type { Credit } from './bylines.ts';
import { PAPER, namesIn, ownPaper, unique } from './names.ts';

const HAN = String.raw`\p{Script=Han}`;

const DATE = String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日`;

/** The opening of a paragraph that names agency or paper: 新华社北京8月21日电, 羊城晚报讯, 【本報訊】, (中央社記者…電). */
const CHINESE_LEAD = new RegExp(
  String.raw`^[（(【〔［\[]?(?:据|據)?(?<source>本[报報刊社网網台]|${PAPER}|中新社|中新网|央视新闻)?(?<reporter>[记記]者(?<names>[${HAN}·、\s]{2,12}?))?(?<place>[${HAN}·]{0,10}?)(?<date>${DATE})?(?:专|專|综合|綜合|外)?[电電讯訊](?=$|[\s:：,，)）】〕］\]（(]|[记記]者)`,
  'u',
);

/** 大洋新闻讯 (记者 …): any name may stand before 讯 where a space or the reporters follow. */
const NEWS_LEAD = /^[（(【〔［[]?(?<source>[\p{Script=Han}]{2,8}?)[讯訊](?=[\s（(】])/u;

/** 本报记者王磊报道：, 〔記者王小明／台北報導〕 */
const REPORTER_LEAD =
  /^[（(【〔［[]?(?:本[报報]|[\p{Script=Han}]{2,8}[报報社網网])?[记記]者[\p{Script=Han}·、，,／/\s]{2,40}?[／/]?[\p{Script=Han}]{0,6}(?:报道|報道|報導|报导)[：:】〕］\])）]?/u;

/** 【長野=田中太郎】, [서울=뉴시스] */
const JAPANESE_KOREAN_LEAD =
  /^[【［[(（](?<place>[^】］\])）]{1,14})[=＝·\s](?<source>[^】］\])）]{2,16})[】］\])）]/u;

/** LONDON (Reuters) -, BEIJING, Aug. 21 (Xinhua) -- */
const ENGLISH_LEAD =
  /^(?<place>[A-Z][A-Z.' -]{2,}(?:, [A-Z][\w. ]{1,14})?)(?:, (?<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?))?\s*(?:\((?<source>[\w ]{2,30})\))?\s*(?:--|[—–-])\s/u;

/** The agency or paper and the authors in the opening of a body paragraph; null where it has no such opening. */
export interface Lead extends Credit {
  /** The dateline, as it stands: `8月21日`, `Aug. 21`. */
  readonly dateline: string | null;
  /** Length of the opening in the paragraph, in UTF-16 units. */
  readonly length: number;
}

const REPORTERS_IN_BRACKETS =
  /^[\s:：】）)]*[（(](?<credit>[^）)]*?(?:记者|記者|通讯员|通訊員|文|作者)[^）)]*)[）)]/u;
const REPORTERS_BEFORE_VERB =
  /^[\s:：】)）]*(?:本[报報])?(?<credit>(?:记者|記者|通讯员|通訊員).{2,50}?)(?:报道|報道|報導|报导|摄影报道)/u;
const REPORTERS_AFTER_ROLE = /^(?<credit>[^。：:]{2,30}?)(?:报道|報道|報導)/u;

/** How much of a paragraph's beginning can be its lead, in UTF-16 units. */
const OPENING = 200;

/** Reads the lead of a paragraph, in Chinese, English, Japanese or Korean; null where it has none. */
export function leadOf(paragraph: string): Lead | null {
  const text = paragraph.slice(0, OPENING);
  return agencyLead(text) ?? reporterLead(text) ?? englishLead(text) ?? japaneseOrKoreanLead(text);
}

function agencyLead(text: string): Lead | null {
  const agency = CHINESE_LEAD.exec(text);
  const { source, names = '', date } = agency?.groups ?? {};
  if (agency !== null && (source !== undefined || date !== undefined)) {
    return withReporters(text, agency[0].length, ownPaper(source), date ?? null, namesIn(names));
  }
  const news = NEWS_LEAD.exec(text);
  return news === null
    ? null
    : withReporters(text, news[0].length, ownPaper(news.groups?.['source']), null, []);
}

function reporterLead(text: string): Lead | null {
  const match = REPORTER_LEAD.exec(text);
  if (match === null) return null;
  const credit = match[0]
    .replace(/(?:报道|報道|報導|报导).*$/u, '')
    .replace(/[／/]\p{Script=Han}*$/u, '');
  return { ...creditOf(credit), dateline: null, length: match[0].length };
}

function englishLead(text: string): Lead | null {
  const match = ENGLISH_LEAD.exec(text);
  if (match === null) return null;
  const { source = null, date = null } = match.groups ?? {};
  if (source === null && date === null && !/[A-Z]{4}/.test(match[0])) return null;
  return { source, authors: [], dateline: date, length: match[0].length };
}

/** The reporters who are named after the agency: in brackets, before 报道, or right after 讯记者. */
function withReporters(
  text: string,
  length: number,
  source: string | null,
  dateline: string | null,
  names: readonly string[],
): Lead {
  const rest = text.slice(length, length + 80);
  const afterRole = /[记記]者$/u.test(text.slice(0, length))
    ? REPORTERS_AFTER_ROLE.exec(rest)
    : null;
  const match = REPORTERS_IN_BRACKETS.exec(rest) ?? REPORTERS_BEFORE_VERB.exec(rest) ?? afterRole;
  const authors = unique([...names, ...namesIn(match?.groups?.['credit'] ?? '')]);
  return { source, authors, dateline, length };
}

function japaneseOrKoreanLead(text: string): Lead | null {
  const match = JAPANESE_KOREAN_LEAD.exec(text);
  if (match === null) return null;
  const opening = match[0];
  const source = match.groups?.['source']?.trim() ?? null;
  const found = { dateline: null, length: opening.length };
  if (/[가-힣]/u.test(opening)) {
    const reporter = /^\s*(?<name>[가-힣]{2,4})\s*(?:기자|특파원)/u.exec(
      text.slice(opening.length),
    );
    const name = reporter?.groups?.['name'];
    return { source, authors: name === undefined ? [] : [name], ...found };
  }
  const agency = /ロイター|時事|共同|AFP|AP/u.exec(opening)?.[0] ?? null;
  if (agency !== null) return { source: agency, authors: [], ...found };
  return /[=＝]/u.test(opening) && source !== null
    ? { source: null, authors: [source], ...found }
    : null;
}
