/** Names that English and Chinese write by their own tradition, so that neither letters nor sounds agree. Folded. */
const table = new Map<string, readonly string[]>(
  Object.entries({
    china: '中国 我国 中华 华 国内 全国',
    chinese: '中国 我国 中华 华 中文 汉语 中',
    prc: '中华人民共和国 中国',
    cpc: '中共 中国共产党 党',
    ccp: '中共 中国共产党',
    yangtze: '长江 长三角',
    'hong kong': '香港 港',
    hk: '香港 港',
    macao: '澳门 澳',
    macau: '澳门 澳',
    tibet: '西藏',
    tibetan: '西藏 藏',
    'inner mongolia': '内蒙古',
    mongolia: '蒙古',
    taipei: '台北',
    'yat-sen': '中山 逸仙',
    confucius: '孔子',
    america: '美国 美',
    american: '美国 美',
    us: '美国 美',
    usa: '美国 美',
    'united states': '美国 美',
    britain: '英国 英',
    british: '英国 英',
    uk: '英国 英',
    'united kingdom': '英国 英',
    england: '英格兰 英国',
    english: '英国 英语 英文 英格兰',
    france: '法国 法',
    french: '法国 法语 法文 法',
    germany: '德国 德',
    german: '德国 德语 德文 德',
    russia: '俄罗斯 俄国 俄',
    russian: '俄罗斯 俄语 俄国 俄',
    japan: '日本 日',
    japanese: '日本 日语 日文 日',
    korea: '韩国 朝鲜 韩',
    korean: '韩国 朝鲜 韩语 韩',
    india: '印度',
    indian: '印度',
    italy: '意大利',
    italian: '意大利',
    spain: '西班牙',
    spanish: '西班牙',
    canada: '加拿大',
    australia: '澳大利亚 澳洲',
    brazil: '巴西',
    singapore: '新加坡',
    thailand: '泰国',
    vietnam: '越南',
    europe: '欧洲 欧',
    european: '欧洲 欧',
    asia: '亚洲 亚',
    asian: '亚洲 亚',
    africa: '非洲',
    african: '非洲',
    pacific: '太平洋',
    atlantic: '大西洋',
    london: '伦敦',
    paris: '巴黎',
    moscow: '莫斯科',
    tokyo: '东京',
    york: '纽约 约克',
    'new york': '纽约',
    washington: '华盛顿',
    un: '联合国',
    'united nations': '联合国',
    eu: '欧盟',
    'european union': '欧盟',
    who: '世界卫生组织 世卫组织',
    wto: '世界贸易组织 世贸组织',
    nato: '北约',
    ai: '人工智能',
    gdp: '国内生产总值 生产总值',
    'covid-19': '新冠 新型冠状病毒 疫情',
    covid: '新冠 新型冠状病毒 疫情',
  }).map(([english, chinese]) => [english, chinese.split(' ')]),
);

/** Whether English has a tradition of its own for the name. */
export function isExonym(name: string): boolean {
  return table.has(name);
}

/** Whether the text has a name, given in folded English, in one of its Chinese forms. */
export function hasChineseFormOf(name: string, text: string): boolean {
  return (table.get(name) ?? []).some((form) => text.includes(form));
}

/** Whether the text has a name, given in Chinese, in its English form. */
export function hasEnglishFormOf(name: string, words: ReadonlySet<string>): boolean {
  return [...table].some(
    ([english, forms]) =>
      forms.includes(name) && english.split(' ').every((word) => words.has(word)),
  );
}
