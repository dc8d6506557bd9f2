/** What kinds of answer a question can ask for, and the words that ask for them. Tables only. */

export type AnswerType =
  | 'person'
  | 'place'
  | 'organisation'
  | 'date'
  | 'duration'
  | 'amount'
  | 'reason'
  | 'manner'
  | 'list'
  | 'definition'
  | 'title'
  | 'yes-no'
  | 'thing';

const PEOPLE =
  '人物?|总统|主席|总理|首相|皇帝|国王|女王|作家|作者|导演|演员|歌手|科学家|教授|学者|诗人|画家|球员|教练|将军|选手|运动员|负责人|领导人?|书记|市长|省长|部长|局长|主任|校长|院长|创始人|神';
const PLACES =
  '国家?|省份?|城市|市|县|区域?|镇|乡|村|州|洲|岛屿?|地方|地区|地点|位置|城镇|街道?|路|河流?|山脉?|湖|海域?|大陆|方向|车站|机场';
const ORGANISATIONS =
  '公司|企业|机构|组织|大学|学院|学校|部门|单位|银行|医院|球队|俱乐部|政党|党|媒体|报纸|报社|电视台|协会|委员会|集团|军队|团队|法院|教会|出版社|杂志社';
const TITLES =
  '书|歌曲?|电影|影片|剧|作品|小说|杂志|期刊|文件|文章|论文|诗|专辑|法律|条例|条约|协议|奖项?|游戏|节目|名字|名称|称号|称呼|标题|外号|绰号|别名';
const SPANS_OF_TIME = '年|个月|天|日子?|周|个?星期|个?小时|分钟|秒钟?|个?世纪|个?季度|学期';
const MEASURES =
  '公斤|千克|毫克|平方米|平方公里|平方千米|平方英里|立方米|公里|千米|厘米|毫米|英里|英尺|英寸|公顷|美元|欧元|英镑|日元|港元|' +
  '人次|人口|钱|个人|岁数|倍数|层楼|小时|分钟|海里|光年|毫升|' +
  '[个项座家种名位人次条件篇本部台辆艘颗枚所套户亩元块吨克斤磅米里升度岁倍成届级层片张支只头匹首场轮章节类点页字句路桶组批号分队架株棵口股间处道笔辈代年月天日周秒大]';
const POINTS_IN_TIME =
  '年份?|月份?|天(?![文主])|日子?|时间|时候|时期|时代|年代|世纪|朝代?|日期|季节?|阶段|星期';

/**
 * In order of precedence: the first pattern that matches the folded question (lower case, Simplified,
 * half width) says what it asks for, and its match is the question word. A group named `unit` is the
 * unit or measure word, a group named `head` what the question word stands before.
 */
export const QUESTION_PATTERNS: ReadonlyArray<readonly [AnswerType, RegExp]> = [
  [
    'duration',
    new RegExp(
      `(?:多长时间|多少时间|多久|几(?:${SPANS_OF_TIME})|多少个?(?:${SPANS_OF_TIME}))(?!前|之前|后|以后|月份)`,
    ),
  ],
  [
    'date',
    new RegExp(
      `什么时[候间]|何时|啥时候?|哪一?个?(?:${POINTS_IN_TIME})|几(?:月|号|日|点|时)|(?:什么|何)(?:${POINTS_IN_TIME})`,
    ),
  ],
  [
    'reason',
    /怎么回事|为什么|为何|为啥|何故|因何|怎么会|什么(?:原因|理由|缘故)|(?:原因|理由|目的|用意)(?:是|在于|有)|原因(?=[?？]?$)|干嘛要/,
  ],
  [
    'amount',
    new RegExp(
      `百分之(?:几|多少)|(?:多少|第?几(?!乎|何|率|内|经|度))(?<unit>(?:百|千|万|亿)*(?:${MEASURES}))?`,
    ),
  ],
  [
    'amount',
    /(?:有|达|长|高|重|为|是|能)?多(?:大|高|长|宽|重|远|深|快|厚|贵|强)(?!的?(?:影响|意义|作用))/,
  ],
  [
    'person',
    new RegExp(
      `谁|何人|哪一?位|哪一?个人|(?:什么|哪一?[个名位]?)(?<head>[^,。?是]{0,4}(?:${PEOPLE}))`,
    ),
  ],
  [
    'definition',
    /(?:什么是|何谓|何为|什么叫|啥是|啥叫)|(?:是|指的?是?|代表|表示)什么意思|什么(?:意思|含义)|(?:定义|意思|含义)(?=是什么|[?？]?$)|什么来的/,
  ],
  [
    'place',
    new RegExp(
      `哪里|哪儿|何处|何地|在哪(?!些|种|[一二两三四五六七八九十几次场]|方面|个方面|家)|去哪|(?:什么|哪一?[个座]?|哪)(?<head>(?:${PLACES}))(?![管理])`,
    ),
  ],
  [
    'organisation',
    new RegExp(`(?:什么|哪一?[家个所支]?)(?<head>[^,。?是]{0,4}(?:${ORGANISATIONS}))`),
  ],
  [
    'title',
    new RegExp(
      `叫做?什么|(?:称为|命名为|名为|取名|题为)什么|什么(?:名|歌名|书名)|(?:什么|哪一?[首部本篇份项个]?)(?<head>(?:${TITLES}))`,
    ),
  ],
  [
    'list',
    /哪(?:些|几|两|二|三|四|五|六|七|八|九|十|\d+)(?<unit>[个种项类条点座家方大]|方面)?(?<head>[^,。?是有]{0,6})|有(?:什么|啥)|包括什么|分别(?:是|为|有)/,
  ],
  [
    'yes-no',
    /吗(?=[?？。]?$)|是否|能否|可否|会否|有没有|是不是|能不能|会不会|可不可以|要不要|对不对|行不行|好不好|有无|算不算/,
  ],
  [
    'manner',
    /怎么样?|怎样|如何|咋样?|怎么办|什么(?:方法|方式|办法|途径|手段|措施)|(?:方法|步骤|措施|办法|流程|做法)(?=是什么|有哪些|[?？]?$)/,
  ],
  ['thing', /(?:什么|哪一?[个种项类支颗]?|何种|何物|啥|何)(?<head>[^,。?是的]{0,6})/],

  [
    'amount',
    /\bhow (?:many|much) ?(?<head>[a-z]+)?|\bhow (?:old|far|tall|high|deep|large|big|fast|heavy|wide)\b|\bwhat (?:percentage|percent|number|amount|share|proportion)\b/,
  ],
  ['duration', /\bhow long\b/],
  ['date', /\bwhen\b|\b(?:what|which) (?:year|date|day|time|month|century|decade|season)\b/],
  ['reason', /\bwhy\b|\bwhat (?:is|was|are|were) the (?:reason|cause)s?\b/],
  ['person', /\bwho(?:m|se)?\b/],
  [
    'place',
    /\bwhere\b|\b(?:what|which) (?<head>city|country|place|province|state|town|region|district|village|island|river)\b/,
  ],
  [
    'organisation',
    /\b(?:what|which) (?<head>company|companies|organi[sz]ation|university|school|agency|newspaper|bank|party|department|institution)\b/,
  ],
  [
    'definition',
    /\bwhat does .{1,40} mean\b|\bdefinition of\b|^what(?:'s| is| are) (?:an? )?[\w\s-]{1,30}[?.]?$/,
  ],
  [
    'list',
    /\b(?:what|which) (?:are|were)\b|\b(?:which (?=[a-z]+s\b)|what (?=kinds|types|fields|areas|measures|steps|parts))(?<head>[a-z]+)/,
  ],
  [
    'title',
    /\bwhat (?:is|was) .{1,40} called\b|\b(?:what|which) (?<head>book|film|movie|song|journal|magazine|law)\b/,
  ],
  ['manner', /\bhow\b/],
  [
    'thing',
    /\b(?:what|which)(?: (?!is|are|was|were|do|does|did|has|have|will|can)(?<head>[a-z]+))?\b/,
  ],
  ['yes-no', /^(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should)\b/],
];

/** What an amount is measured in. */
export type Dimension =
  | 'money'
  | 'mass'
  | 'length'
  | 'area'
  | 'volume'
  | 'people'
  | 'percent'
  | 'temperature'
  | 'time'
  | 'speed';

/** Units as they follow a number, by dimension. */
export const UNITS: Readonly<Record<Dimension, RegExp>> = {
  money:
    /^(?:多|余)?[万亿千百]*\s?(?:元|块|美元|欧元|英镑|日元|人民币|美金|港元|马克|卢比|法郎|dollars?|yuan|euros?|pounds?)|^\s?(?:million|billion) (?:dollars|yuan|euros|pounds)/,
  mass: /^(?:多|余)?[万亿千百]*\s?(?:公斤|千克|毫克|克|吨|kg|g\b|mg|斤|磅|盎司|tons?|tonnes?|kilograms?)/,
  length:
    /^(?:多|余)?[万亿千百]*\s?(?:公里|千米|厘米|毫米|微米|纳米|米(?!粒)|英里|英尺|英寸|尺|里|丈|km|cm|mm|m\b|海里|光年|kilomet|met|miles?|feet|foot)/,
  area: /^(?:多|余)?[万亿千百]*\s?(?:平方公里|平方米|平方千米|平方英里|公顷|亩|km2|m2|km²|m²|㎡|平(?!均)|square|hectares?|acres?)/,
  volume: /^(?:多|余)?[万亿千百]*\s?(?:立方米|升|毫升|加仑|ml|l\b|lit)/,
  people: /^(?:多|余)?[万亿千百]*\s?(?:名|位|个?人|口|people|persons?|members|students)/,
  percent: /^\s?(?:%|个百分点|成(?!立|为|功|员)|percent|per cent|倍)/,
  temperature: /^\s?(?:°|℃|摄氏|华氏|度|degrees?)/,
  time: /^(?:多|余)?个?(?:年|月|天|日|小时|分钟|秒|周|星期|岁|世纪|years?|days?|months?|hours?|minutes?|seconds?|weeks?)/,
  speed: /^\s?(?:公里\/|千米每|公里每|米每|km\/h|mph|m\/s)/,
};

/** Words of a question that imply what its amount is measured in. */
export const DIMENSION_WORDS: ReadonlyArray<readonly [Dimension, RegExp]> = [
  [
    'percent',
    /百分|比例|占比|占.{0,4}多少|比率|[增降]幅|增长率|份额|(?<!汇|功|频|速)率(?:是|为|达)|percent|share|proportion/,
  ],
  [
    'money',
    /元|钱|价格|售价|票价|费用|经费|成本|资金|投资额?|工资|薪水|收入|预算|金额|利润|市值|罚款|奖金|身价|多贵|price|cost|money|salary|budget|paid|pay\b|revenue/,
  ],
  ['mass', /公斤|千克|吨|克|斤|重量|体重|多重|质量是|产量|weigh|heavy/],
  ['area', /平方|面积|公顷|亩|占地|\barea\b/],
  ['speed', /速度|时速|多快|speed|fast/],
  [
    'length',
    /公里|千米|厘米|毫米|米(?!尔|兰|国|饭|粉|奇|修|诺)|身高|高度|海拔|长度|全长|宽度|深度|距离|直径|半径|多[高长宽远深厚]|英里|英尺|tall|high|deep|how far|wide|length|height|distance/,
  ],
  ['volume', /立方|容量|体积|[毫公]升/],
  ['temperature', /温度|气温|多少度|几度|摄氏|temperature|degrees/],
  ['people', /人口|多少(?:名|位|个?人|学生|员工|士兵|成员|观众|居民|会员)|人数|population/],
  ['time', /年龄|岁|多大年纪|几岁|how old|\bage\b/],
];
