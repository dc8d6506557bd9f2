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
