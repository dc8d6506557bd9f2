import { columns } from './blocks.ts';
import { dateIn, monthDayIn } from './dates.ts';
import { hasClauses } from './endings.ts';

/** What a page prints around its articles: running heads, page numbers, notices, captions, date lines. */

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
  /^[（(](?:本版|责任|責任)?(?:编辑|編輯|责编|責編|校对|美编)\s*[:：/／]?.{2,30}[）)]$/u,
  /^https?:\/\/\S+$/u,
  /^(?:分享|分享到|打印|收藏|字号|点赞|返回|相关链接|Advertisement)(?:[:：].{0,20})?$/iu,
];

/** A newspaper's running head: its date with the weekday, the page or the section. */
const RUNNING_HEAD =
  /^(?=.{0,70}(?:星期[一二三四五六日天]|周[一二三四五六日]|[A-Z]{1,2}\d{1,2}|第?\d{1,3}版|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|农历))(?=.*\d{4})[^。！？]{6,70}$/u;

export function isFurniture(text: string): boolean {
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
/** (更多报道见A5版) */
const NOTICE_ELSEWHERE = /^[（(].{0,20}[见見转轉接]\s*第?\s*[A-Z]?\d{1,3}\s*[版页頁].{0,6}[）)]$/u;
/** A notice within a paragraph. */
export const NOTICE_INSIDE =
  /[（(【[]\s*(?:上接|下转|下轉|紧接|緊接|Continued (?:on|from))[^（()）]{0,24}[）)】\]]/iu;

export function isNotice(text: string): boolean {
  return (
    text.length <= 50 &&
    (NOTICE.test(text) || NOTICE_ELSEWHERE.test(text)) &&
    /上接|下转|下轉|紧接|緊接|[版页頁]|Continued|page/iu.test(text)
  );
}

/** True for the notice that opens the rest of an article on a later page. */
export function isContinuation(text: string): boolean {
  return /上接|紧接|緊接|Continued from/iu.test(text);
}

export function isCaption(text: string): boolean {
  if (columns(text) > 240) return false;
  return (
    /^(?:[▲▼△▽◀▶↑↓←→]|图[为：:①-⑩\d]|圖[為：:①-⑩\d]|图片[：:说]|圖片[：:說]|上图|下图|左图|右图|Photo(?:\s+by)?[:\s]|写真[：:＝]|【写真】)/iu.test(
      text,
    ) ||
    /(?:[摄攝]|供图|供圖|资料图|资料图片|資料圖片|资料照片|資料照片|(?:新华社|中新社|本报|新華社)发|视频截图|翻攝)[）)】]?$/u.test(
      text,
    ) ||
    /[（(](?:[^（()）]{0,20}(?:[摄攝]|供图|提供|资料图片?|发)|AP Photo.*|Photo.*)[）)]$/u.test(text)
  );
}

export function isDateline(text: string): boolean {
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
