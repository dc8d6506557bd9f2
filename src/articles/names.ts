/** Names of people and of newspapers, as bylines and leads have them. */

const HAN = String.raw`\p{Script=Han}`;

/** Source of a regular expression for the name of a newspaper, an agency or a site. */
export const PAPER = String.raw`(?:[${HAN}]{2,12}?(?:通讯社|新闻网|[报報社网網台]|晚报|周刊|週刊|时报|時報|客户端))`;

const OWN_PAPER = /^(?:本|该|該|全媒体|融媒体|综合|綜合)/u;

const ROLES =
  /(?:首席|特约|特約|特派|见习|見習|實習|实习|全媒体|全媒體|融媒体|驻[\p{Script=Han}]{1,4})*(?:通讯员|通訊員|记者|記者|实习生|實習生|评论员|評論員|特派員|作者|撰文|编译|編譯|编辑|編輯|摄影|攝影|文字|图片|圖片|供图|기자|특파원)|(?<!\p{Script=Han})[文图圖摄攝](?!\p{Script=Han})/gu;

/** The commonest surnames: a line of two or three characters under a headline is a name when it begins with one. */
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石金韦贾夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔汤張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蔣蘇葉呂盧鍾譚陸賈鄒閻龍賀顧龔萬錢嚴湯',
);

/** A name by itself on its line: 林小溪, 李 明. */
export function isName(text: string): boolean {
  return (
    /^\p{Script=Han}[ \u3000]?\p{Script=Han}{1,2}$/u.test(text) && SURNAMES.has(text.charAt(0))
  );
}

/** "本报" names a paper only to its own readers. */
export function ownPaper(source: string | undefined): string | null {
  return source === undefined || OWN_PAPER.test(source) ? null : source;
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

/** Without repetitions, in order. */
export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
