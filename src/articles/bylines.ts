/** Lines that say who wrote an article and for whom. */

import { PAPER, namesIn, ownPaper, unique } from './names.ts';

/** What a byline or a lead says. */
export interface Credit {
  readonly source: string | null;
  readonly authors: readonly string[];
}

const NO_CREDIT: Credit = { source: null, authors: [] };

/** 羊城晚报全媒体记者: the paper before the role. */
const EMPLOYER = new RegExp(
  String.raw`(?<source>${PAPER})(?:首席|特约|特派|见习|实习|全媒体|融媒体)*[记記]者`,
  'u',
);
const LABELLED_SOURCE =
  /(?:来源|來源|稿源|出处|Source)\s*[:：]\s*(?<source>[^\s|｜]+(?: [A-Z][^\s|｜]+)*)/iu;

const BYLINES = [
  // 文/羊城晚报记者 李晓旭 图/羊城晚报记者 王磊; 文、图/…; 撰文 ……; 摄影：……
  /^(?:[□■●◎☆★▲◆◇○]\s*)?(?:文|图|圖|文字|图片|撰文|攝影|摄影|编译|整理|文\s*[、·&]\s*[图圖]|[图圖]\s*[、·&]\s*文)\s*[/／：:|｜]\s*\S.{1,58}$/u,
  // □ 李晓旭; ■本报记者 王磊
  /^[□■●◎☆★◆◇○]\s*(?:[\p{Script=Han}·]{2,6}[报報社网網]?\s*(?:记者|記者)?\s*)?[\p{Script=Han}·\s、，/／]{2,24}$/u,
  // 本报记者 王磊 通讯员 李明; 羊城晚报全媒体记者 …; 記者王小明／台北報導
  /^[（(〔【]?(?:本[报報刊台]|[\p{Script=Han}]{2,10}[报報社网網台])?(?:首席|特约|特約|特派|见习|见習|實習|实习|全媒体|全媒體|融媒体)*(?:记者|記者|通讯员|通訊員|评论员|評論員)[\s:：]*[\p{Script=Han}·、，,／/\s]{2,40}(?:摄影报道|报道|報道|報導|文\/图|摄|攝)?[）)〕】]?$/u,
  /^(?:作者|作\s*者|编辑|记者|記者|来源|來源|稿源|出处|撰稿|発信|筆者|Author|Source|Published|Updated|Date|By)\s*[:：]\s*\S.{0,78}$/iu,
  /^By\s+(?:[A-Z][\w.'’-]*)(?:\s+(?:and|[A-Z][\w.'’-]*|[A-Z]\.))*(?:,.{2,60}|\s*\|.{2,60})?$/u,
  /^(?:Staff|Special|Contributing|Senior|[A-Z]\w+ Staff)\s+(?:Writers?|Reporters?|Correspondents?|Editors?)$/u,
  /^(?:The )?[A-Z][a-z]+(?: [A-Z][a-z]+)? Staff$/u,
  /^BY\s+[A-Z][A-Z .,'’-]{3,60}$/u,
  /^[가-힣]{2,4}\s*(?:기자|특파원|논설위원)(?:\s*[\w.]+@[\w.]+)?$/u,
  /^(?:記者|文)\s*[・:：/／]\s*\S{2,20}$/u,
];

/** Names in brackets at the end of an article: (徐林 岳宗), （记者 李明）. */
const SIGN_OFF =
  /^[（(](?:完|[\p{Script=Han}·]{2,4}(?:[\s、，,]+[\p{Script=Han}·]{2,4}){0,5}|(?:本报|据|作者|编辑|责编|記者|记者|来源|來源|執筆)[^。]{2,40})[）)]$/u;

/** A line that is nothing but a byline. */
export function isByline(line: string): boolean {
  return (
    line.length <= 90 && !/[。！？]/u.test(line) && BYLINES.some((pattern) => pattern.test(line))
  );
}

/** A line that closes an article with its authors' names. */
export function isSignOff(line: string): boolean {
  return (
    line.length <= 60 &&
    SIGN_OFF.test(line) &&
    !/^[（(](?:资料|資料|图片|圖片|配图|示意|下转|上接|漫画|下轉)/u.test(line)
  );
}

/** Source and authors of a byline. */
export function creditOf(line: string): Credit {
  const english = /^by\b/iu.test(line) && !/^By\s*[:：]/u.test(line);
  if (english) return englishCredit(line);
  if (
    /(?:Writers?|Reporters?|Correspondents?|Editors?|Staff)$|作者(?:系|为|是|单位|簡介|简介)/u.test(
      line,
    )
  )
    return NO_CREDIT;
  const labelled = LABELLED_SOURCE.exec(line);
  const source = labelled?.groups?.['source'] ?? EMPLOYER.exec(line)?.groups?.['source'];
  const rest = labelled === null ? line : line.replace(labelled[0], ' ');
  return { source: ownPaper(source), authors: namesIn(rest) };
}

/** Source and authors of a line in brackets: (徐林 岳宗), (据新华社电). */
export function signOffCredit(line: string): Credit {
  const inner = line.slice(1, -1);
  const agency = new RegExp(String.raw`^[据據](?<source>${PAPER}|[\p{Script=Han}]{2,6})`, 'u').exec(
    inner,
  )?.groups?.['source'];
  if (agency !== undefined) return { source: agency, authors: [] };
  const { source, authors } = creditOf(inner);
  return { source, authors: authors.filter((name) => name !== '完') };
}

function englishCredit(line: string): Credit {
  const [people = '', ...rest] = line.replace(/^by\s+/iu, '').split(/\s*[|]\s*|,\s*/u);
  const authors = people
    .split(/\s+and\s+|\s*&\s*/iu)
    .map(properCase)
    .filter((name) => name !== '');
  const more = rest.flatMap(
    (part) =>
      /^(?:and\s+)?(?<name>[A-Z][a-z.'’-]+(?: [A-Z][\w.'’-]+){1,2})$/u.exec(part)?.groups?.[
        'name'
      ] ?? [],
  );
  const roles = /Writer|Reporter|Correspondent|Staff|Editor|Press|News|Times|Post/u;
  const source =
    rest.find((part) => /Press|News|Times|Post|Herald|Gazette|Reuters/u.test(part)) ?? null;
  return { source, authors: unique([...authors, ...more.filter((name) => !roles.test(name))]) };
}

function properCase(name: string): string {
  const trimmed = name.trim();
  if (!/^[A-Z .'’-]+$/u.test(trimmed)) return trimmed;
  return trimmed.toLowerCase().replace(/(?:^|[\s'’-])[a-z]/gu, (start) => start.toUpperCase());
}
