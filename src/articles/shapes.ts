import type { Block } from './blocks.ts';
import { columns, isListItem } from './blocks.ts';
import { isByline, isSignOff, leadOf } from './bylines.ts';
import { dateIn, monthDayIn } from './dates.ts';
import {
  breaksWord,
  closesUnopened,
  endsSentence,
  hasClauses,
  openQuotes,
  startsWithClosingMark,
  startsWithTail,
} from './endings.ts';

/** What a block looks like, before anything is known of its place. */
export type Shape =
  /** A paragraph, or a piece of one. */
  | 'body'
  /** Short and unpunctuated: a headline, kicker, deck or subhead. */
  | 'heading'
  /** A table, a stanza, an item of a list: never joined to anything. */
  | 'rows'
  | 'caption'
  | 'byline'
  /** Authors in brackets after an article's last paragraph. */
  | 'sign-off'
  /** A date, with or without the source, on a line of its own. */
  | 'dateline'
  /** (上接A1版), Continued on page 4. */
  | 'notice'
  /** Page numbers, section names, editors of the page, rules. */
  | 'furniture';

export interface Shaped extends Block {
  readonly shape: Shape;
}

/** Longest headline line, in columns. */
const HEADING_COLUMNS = 92;

/** Gives each block its shape; the neighbour after it can show that a short block is a broken paragraph's first piece. */
export function shapesOf(blocks: readonly Block[]): Shaped[] {
  const pieces = blocks.flatMap(cutNotices);
  return pieces.map((block, index) => {
    const shape = shapeOf(block);
    const next = pieces[index + 1];
    const cut = shape === 'heading' && index > 0 && next !== undefined && goesOn(block, next);
    return { ...block, shape: cut ? 'body' : shape };
  });
}

/** "第五,推动浦东高水平改革" before "开放。今年……": the next block shows that this is no heading. */
function goesOn(block: Block, next: Block): boolean {
  if (next.indented && block.indented) return false;
  if (startsWithClosingMark(next.text)) return hasClauses(block.text) || block.text.length > 12;
  if (shapeOf(next) !== 'body') return false;
  if (isUnfinished(block.text) || breaksWord(block.text, next.text)) return true;
  return hasClauses(block.text) && startsWithTail(next.text);
}

function shapeOf({ text, form }: Block): Shape {
  if (form === 'rows') return 'rows';
  if (isNotice(text)) return 'notice';
  if (isFurniture(text)) return 'furniture';
  if (isCaption(text)) return 'caption';
  if (isSignOff(text)) return 'sign-off';
  if (isByline(text)) return 'byline';
  if (isDateline(text)) return 'dateline';
  if (isListItem(text) && !/^[一二三四五六七八九十\d]{1,3}[、.．]\S{2,24}$/u.test(text))
    return 'rows';
  return isHeading(text) ? 'heading' : 'body';
}

function isHeading(text: string): boolean {
  if (columns(text) > HEADING_COLUMNS || /\n.*\n/.test(text)) return false;
  if (isSpoken(text) || isSalutation(text) || hasPhoneNumber(text)) return false;
  if (leadOf(text) !== null && text.length > 20) return false;
  if (/[。；]|[，,、]$/u.test(text) || (text.includes(';') && /\p{Script=Han}/u.test(text)))
    return false;
  if (endsSentence(text) && !/[！？!?…⋯][”’」』"]?$/u.test(text)) return false;
  const clauseMarks = text.match(/[，,:：]/gu)?.length ?? 0;
  return clauseMarks <= (columns(text) > 48 ? 1 : 2);
}

/**
 * Cannot be all of a line: it breaks off inside a quotation or brackets or after a word that needs
 * another, or it opens with an adverb and a comma as only a sentence does.
 */
function isUnfinished(text: string): boolean {
  if (openQuotes(text) > 0 || closesUnopened(text)) return true;
  if (
    /[\p{Script=Han}](?:的|将|把|被|和|与|及|或|且|并|从|向|对|在|以|于|而|但|由|因|即|則|將|與|對|從)$/u.test(
      text,
    )
  )
    return true;
  return /^(?:然而|目前|同日|当日|此外|另外|同时|其中|不过|但是|因此|近年来|随后|接着|而且|据|截至|根据|随着|为此|对此|如今|目前|然而|同時|據|隨著)[^，,]{0,12}[，,]/u.test(
    text,
  );
}

/** A turn of an interview. */
function isSpoken(text: string): boolean {
  if (/^(?:问|答|問|记者|記者|主持人|Q|A)\s*[：:]/u.test(text)) return true;
  return /^[\p{Script=Han}·]{1,6}[：:].*[？！。?!]$/u.test(text);
}

function isSalutation(text: string): boolean {
  return /^(?:尊敬的|亲爱的|親愛的|各位|编辑|編輯|Dear ).{0,20}[：:,，]$/u.test(text);
}

function hasPhoneNumber(text: string): boolean {
  return /\d{7,}|\d{3,4}-\d{6,8}/.test(text);
}

const FURNITURE = [
  /^[-–—·•*=_~#\s.…★☆■□◆◇●○]{3,}$/u,
  /^第?\s*[A-Z]?\s*\d{1,3}\s*(?:版|页|頁|面)?$/iu,
  /^[-—–·|]\s*\d{1,3}\s*[-—–·|]$/u,
  /^(?:Page|p\.)\s*[A-Z]?\d{1,3}(?:\s*(?:of|\/)\s*\d+)?$/iu,
  /^(?:[A-Z]?\d{1,3}\s*)?(?:版次|版面|第[\d一二三四五六七八九十]{1,3}版)\s*[:：]?\s*[\w·\s\p{Script=Han}]{0,12}$/u,
  /^[A-Z]{1,2}\d{1,3}(?:\s*版)?\s*[\p{Script=Han}·/／]{0,10}$/u,
  /^[\p{Script=Han}·/／]{1,8}\s*[A-Z]{1,2}\d{1,3}(?:\s*版)?$/u,
  /^(?:本版)?(?:责编|責編|责任编辑|責任編輯|编辑|美编|校对|校對|版式|主编|制图|统筹|值班编委|视觉|检校|策划|美術編輯)(?:\s*[/／:：|｜]|\s+)\s*[\p{Script=Han}·]{2,6}.{0,60}$/u,
  /^(?:新闻热线|投稿邮箱|电子信箱|邮发代号|国内统一(?:连续出版物|刊)号|广告热线|订阅热线|零售价|印刷|扫码|扫一扫|版权所有|E-?mail)\s*[:：]?.{0,60}$/iu,
  /^(?:要闻|头版|国内|国际|国际新闻|国内新闻|时政|时事|社会|经济|财经|体育|文体|文化|副刊|评论|理论|教育|科技|健康|广东|广州|大湾区|本地|综合|综合新闻|特别报道|专题|专版|廣告|广告|社會|國際|財經|體育|News|World|Sports?|Business|Opinion|Local)$/iu,
  /^https?:\/\/\S+$/u,
  /^(?:分享|分享到|打印|收藏|字号|点赞|返回|相关链接|Advertisement)(?:[:：].{0,20})?$/iu,
];

/** A newspaper's running head: its date with the weekday, the page or the section. */
const RUNNING_HEAD =
  /^(?=.{0,70}(?:星期[一二三四五六日天]|周[一二三四五六日]|[A-Z]{1,2}\d{1,2}|第?\d{1,3}版|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|农历))(?=.*\d{4})[^。！？]{6,70}$/u;

function isFurniture(text: string): boolean {
  return FURNITURE.some((pattern) => pattern.test(text)) || isRunningHead(text);
}

export function isRunningHead(text: string): boolean {
  const line = text.replaceAll(/\s+/gu, ' ');
  return (
    RUNNING_HEAD.test(line) &&
    dateIn(line) !== null &&
    !hasClauses(line.replaceAll(/[,:：] ?/g, ''))
  );
}

const NOTICE =
  /^[>▶►→※*\s]*[（(【[]?\s*(?:(?:上接|下转|下轉|紧接|緊接|转|轉|续|接)\s*第?\s*[A-Z]?[\d一二三四五六七八九十]{0,3}\s*[版页頁面]?.{0,12}|(?:Continued|See|Turn)\s+(?:on|from|to)?\s*.{0,30}(?:page|p\.|[A-Z]\d)\s*.{0,12})\s*[）)】\]]?[>▶►→\s]*$/iu;
const NOTICE_INSIDE =
  /[（(【[]\s*(?:上接|下转|下轉|紧接|緊接|Continued (?:on|from))[^（()）]{0,24}[）)】\]]/iu;

function isNotice(text: string): boolean {
  return (
    text.length <= 50 &&
    NOTICE.test(text) &&
    /上接|下转|下轉|紧接|緊接|[版页頁]|Continued|page/iu.test(text)
  );
}

/** True for the notice that opens the rest of an article on a later page. */
export function isContinuation(text: string): boolean {
  return /上接|紧接|緊接|Continued from/iu.test(text);
}

/** A notice at the start or end of a paragraph stands as a block of its own. */
function cutNotices(block: Block): Block[] {
  const match = NOTICE_INSIDE.exec(block.text);
  if (match === null || block.form === 'rows' || match[0].length === block.text.length)
    return [block];
  const notice = slice(block, match.index, match.index + match[0].length);
  if (match.index === 0) return [notice, slice(block, notice.text.length, block.text.length)];
  if (match.index + match[0].length === block.text.length)
    return [slice(block, 0, match.index), notice];
  return [block];
}

function slice(block: Block, from: number, to: number): Block {
  const raw = block.text.slice(from, to);
  const text = raw.trim();
  const start = block.start + from + raw.indexOf(text);
  return { ...block, start, end: start + text.length, text, gap: from === 0 ? block.gap : 0 };
}

function isCaption(text: string): boolean {
  if (columns(text) > 240) return false;
  return (
    /^(?:[▲▼△▽◀▶↑↓←→]|图[为：:①-⑩\d]|圖[為：:①-⑩\d]|图片[：:说]|圖片[：:說]|上图|下图|左图|右图|Photo(?:\s+by)?[:\s]|写真[：:＝]|【写真】)/iu.test(
      text,
    ) ||
    /(?:[摄攝]|供图|供圖|资料图|资料图片|資料圖片|资料照片|資料照片|(?:新华社|中新社|本报|新華社)发|视频截图|翻攝)[）)】]?$/u.test(
      text,
    ) ||
    /[（(](?:[^（()）]{0,20}(?:[摄攝]|供图|资料图片?|发)|AP Photo.*|Photo.*)[）)]$/u.test(text)
  );
}

function isDateline(text: string): boolean {
  if (text.length > 60 || /[。！？，]/u.test(text)) return false;
  if (dateIn(text) === null && monthDayIn(text) === null) return false;
  const rest = text
    .replaceAll(
      /(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:发布)?(?:时间|日期)|Published|Updated/giu,
      '',
    )
    .replaceAll(
      /[\d\s:：年月日号/.,，()（）|-]|년|월|일|来源|來源|作者|星期[一二三四五六日]/gu,
      '',
    );
  return rest.length <= 16;
}
