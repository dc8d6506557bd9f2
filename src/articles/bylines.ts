/** Who wrote it and for whom: bylines, agency leads and datelines. */

/** What a byline or a lead says. */
export interface Credit {
  readonly source: string | null;
  readonly authors: readonly string[];
}

const NO_CREDIT: Credit = { source: null, authors: [] };

const HAN = String.raw`\p{Script=Han}`;
const PAPER = String.raw`(?:[${HAN}]{2,12}?(?:通讯社|新闻网|[报報社网網台]|晚报|周刊|週刊|时报|時報|客户端))`;
const OWN_PAPER = /^(?:本|该|該|全媒体|融媒体|综合|綜合)/u;
const ROLES =
  /(?:首席|特约|特約|特派|见习|見習|實習|实习|全媒体|全媒體|融媒体|驻[\p{Script=Han}]{1,4})*(?:通讯员|通訊員|记者|記者|实习生|實習生|评论员|評論員|特派員|作者|撰文|编译|編譯|编辑|編輯|摄影|攝影|文字|图片|圖片|供图|기자|특파원)|(?<!\p{Script=Han})[文图圖摄攝](?!\p{Script=Han})/gu;

const DATE = String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日`;

/** The opening of a paragraph that names agency or paper: 新华社北京8月21日电, 羊城晚报讯, 【本報訊】, (中央社記者…電). */
const CHINESE_LEAD = new RegExp(
  String.raw`^[（(【〔［\[]?(?:据|據)?(?<source>本[报報刊社网網台]|${PAPER}|中新社|中新网|央视新闻)?(?<reporter>[记記]者(?<names>[${HAN}·、\s]{2,12}?))?(?<place>[${HAN}·]{0,10}?)(?<date>${DATE})?(?:专|專|综合|綜合|外)?[电電讯訊](?=$|[\s:：,，)）】〕］\]（(]|[记記]者)`,
  'u',
);
/** 大洋新闻讯 (记者 …): any name may stand before 讯 where a space or the reporters follow. */
const NEWS_LEAD = /^[（(【〔［[]?(?<source>[\p{Script=Han}]{2,8}?)[讯訊](?=[\s（(】])/u;
const REPORTER_LEAD =
  /^[（(【〔［[]?(?:本[报報]|[\p{Script=Han}]{2,8}[报報社網网])?[记記]者[\p{Script=Han}·、，,／/\s]{2,40}?[／/]?[\p{Script=Han}]{0,6}(?:报道|報道|報導|报导)[：:】〕］\])）]?/u;
const JAPANESE_KOREAN_LEAD =
  /^[【［[(（](?<place>[^】］\])）]{1,14})[=＝·\s](?<source>[^】］\])）]{2,16})[】］\])）]/u;
const ENGLISH_LEAD =
  /^(?<place>[A-Z][A-Z.' -]{2,}(?:, [A-Z][\w. ]{1,14})?)(?:, (?<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?))?\s*(?:\((?<source>[\w ]{2,30})\))?\s*(?:--|[—–-])\s/u;

/** The agency or paper and the authors in the opening of a body paragraph; null where it has no such opening. */
export interface Lead extends Credit {
  /** The dateline, as it stands: `8月21日`, `Aug. 21`. */
  readonly dateline: string | null;
  /** Length of the opening in the paragraph, in UTF-16 units. */
  readonly length: number;
}

/** How much of a paragraph's beginning can be its lead, in UTF-16 units. */
const OPENING = 200;

export function leadOf(paragraph: string): Lead | null {
  const text = paragraph.slice(0, OPENING);
  const chinese = CHINESE_LEAD.exec(text);
  if (chinese?.groups !== undefined) {
    const { source, names, date } = chinese.groups;
    if (source !== undefined || date !== undefined)
      return chineseLead(text, chinese[0].length, source, names, date);
  }
  const news = NEWS_LEAD.exec(text);
  if (news?.groups !== undefined)
    return chineseLead(text, news[0].length, news.groups['source'], undefined, undefined);
  const reporter = REPORTER_LEAD.exec(text);
  if (reporter !== null) {
    const opening = reporter[0]
      .replace(/(?:报道|報道|報導|报导).*$/u, '')
      .replace(/[／/][\p{Script=Han}]*$/u, '');
    return { ...creditOf(opening), dateline: null, length: reporter[0].length };
  }
  const english = ENGLISH_LEAD.exec(text);
  if (
    english?.groups !== undefined &&
    (english.groups['date'] ?? english.groups['source'] ?? /[A-Z]{4}/.exec(english[0]))
  ) {
    const { source, date } = english.groups;
    return {
      source: source ?? null,
      authors: [],
      dateline: date ?? null,
      length: english[0].length,
    };
  }
  return eastAsianLead(text);
}

function chineseLead(
  text: string,
  length: number,
  source: string | undefined,
  names: string | undefined,
  date: string | undefined,
): Lead {
  const rest = text.slice(length, length + 80);
  const reporters =
    /^[\s:：】）)]*[（(](?<credit>[^）)]*?(?:记者|記者|通讯员|通訊員|文|作者)[^）)]*)[）)]/u.exec(
      rest,
    )?.groups?.['credit'] ??
    /^[\s:：】)）]*(?:本[报報])?(?<credit>(?:记者|記者|通讯员|通訊員).{2,50}?)(?:报道|報道|報導|报导|摄影报道)/u.exec(
      rest,
    )?.groups?.['credit'] ??
    (/[记記]者$/u.test(text.slice(0, length))
      ? /^(?<credit>[^。：:]{2,30}?)(?:报道|報道|報導)/u.exec(rest)?.groups?.['credit']
      : null) ??
    '';
  const authors = unique([...namesIn(names ?? ''), ...namesIn(reporters)]);
  return { source: ownPaper(source), authors, dateline: date ?? null, length };
}

function eastAsianLead(text: string): Lead | null {
  const match = JAPANESE_KOREAN_LEAD.exec(text);
  if (match?.groups === undefined) return null;
  const opening = match[0];
  const rest = text.slice(opening.length);
  const reporter = /^\s*(?<name>[가-힣]{2,4})\s*(?:기자|특파원)\s*[=＝]?/u.exec(rest)?.groups?.[
    'name'
  ];
  const korean = /[가-힣]/u.test(opening);
  const source = match.groups['source']?.trim() ?? null;
  if (korean)
    return {
      source,
      authors: reporter === undefined ? [] : [reporter],
      dateline: null,
      length: opening.length,
    };
  if (!/[=＝]|ロイター|時事|共同/u.test(opening)) return null;
  const agency = /ロイター|時事|共同|AFP|AP/u.exec(opening)?.[0] ?? null;
  const author = agency === null && source !== null ? [source] : [];
  return { source: agency, authors: author, dateline: null, length: opening.length };
}

/** "本报" names a paper only to its own readers. */
function ownPaper(source: string | undefined): string | null {
  return source === undefined || OWN_PAPER.test(source) ? null : source;
}

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
  if (
    /(?:Writers?|Reporters?|Correspondents?|Editors?|Staff)$/u.test(line) &&
    !/^by\b/iu.test(line)
  )
    return NO_CREDIT;
  if (/作者(?:系|为|是|单位|簡介|简介)/u.test(line)) return NO_CREDIT;
  if (/^by\b/iu.test(line.trim()) && !/^By\s*[:：]/u.test(line)) return englishCredit(line);
  const labelled =
    /(?:来源|來源|稿源|出处|Source)\s*[:：]\s*(?<source>[^\s|｜]+(?: [A-Z][^\s|｜]+)*)/iu.exec(
      line,
    );
  const employer = new RegExp(
    String.raw`(?<source>${PAPER})(?:首席|特约|特派|见习|实习|全媒体|融媒体)*[记記]者`,
    'u',
  ).exec(line);
  const source = labelled?.groups?.['source'] ?? employer?.groups?.['source'];
  const rest = labelled === null ? line : line.replace(labelled[0], ' ');
  return { source: ownPaper(source), authors: namesIn(rest) };
}

function englishCredit(line: string): Credit {
  const [people = '', ...rest] = line
    .trim()
    .replace(/^by\s+/iu, '')
    .split(/\s*[|]\s*|,\s*/u);
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

/** Names of people in a credit, without their papers and roles. */
export function namesIn(credit: string): string[] {
  const bare = credit
    .replaceAll(
      new RegExp(String.raw`${PAPER}(?=[${HAN}]{0,4}(?:[记記]者|通讯员|通訊員|摄影|$))`, 'gu'),
      ' ',
    )
    .replaceAll(ROLES, ' ')
    .replaceAll(
      /[（(【〔）)】〕□■●◎☆★▲◆◇○:：/／|｜·]*(?:本[报報刊台])|[（(【〔）)】〕□■●◎☆★▲◆◇○:：/／|｜&]|报道|報道|報導|\d[\d\s:年月日-]*/gu,
      ' ',
    );
  return unique(
    bare
      .split(/[\s、,，;；]+|(?<=[\p{Script=Han}]{2,3})和(?=[\p{Script=Han}]{2,3})/u)
      .filter((name) =>
        /^[\p{Script=Han}]{2,4}(?:·[\p{Script=Han}]{1,6})*$|^[가-힣]{2,4}$|^[A-Z][\w.'’-]+$/u.test(
          name,
        ),
      ),
  );
}

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
