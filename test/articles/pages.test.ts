import { describe, expect, it } from 'vitest';
import { readPage, readText, texts, titles } from './reading.ts';

describe('a newspaper page', () => {
  it('joins a headline of three lines and ends it at the byline', () => {
    const page = readPage('three-line-headline.txt');
    expect(titles(page)).toEqual([
      '第二届进口博览会昨日开幕 三百余家企业首次参展 意向成交额有望超过五百亿美元',
      '今冬首场寒潮将至 最低气温降至3℃',
    ]);
    expect(page.articles.map(({ authors }) => authors)).toEqual([['陈小雨', '刘德'], ['李冰']]);
    expect(
      page.articles.every(({ source, date }) => source === '羊城时报' && date === '2019-11-06'),
    ).toBe(true);
    expect(texts(page)).toContain('主办方表示，展会将持续到11月10日，期间举办论坛三十余场。');
  });

  it('keeps a photo caption as a paragraph of its own, and joins the paragraph that it interrupts', () => {
    const page = readPage('interrupted.txt');
    expect(texts(page)).toEqual([
      '本报讯 记者唐果报道：跨江索道从10月15日起停运检修，预计12月20日恢复。停运期间，两岸的居民可以换乘轮渡，单程票价两元，月票在索道和轮渡之间通用。',
      '图为跨江索道的三号轿厢。 本报记者 石磊 摄',
      '索道公司经理郭亮说：“这次要更换全部牵引钢索，一共六千四百米。”他还说，检修费用约一千九百万元。',
    ]);
    expect(page.asides.filter(({ role }) => role === 'furniture')).toHaveLength(3);
  });

  it('carries an article on where the later page takes it up', () => {
    const page = readPage('continuation.txt');
    expect(titles(page)).toEqual(['老城更新启动三年 一万户居民告别筒子楼', '地铁八号线今日试运营']);
    const [first, second] = page.articles;
    expect(first?.paragraphs).toHaveLength(2);
    expect(first?.paragraphs[0]?.text).toContain('加装电梯一百五十部，惠及老年居民四千余人');
    expect(second?.paragraphs).toHaveLength(2);
  });

  it('tells articles apart by the names that close them', () => {
    const page = readPage('sign-offs.txt');
    expect(titles(page)).toEqual([
      '山城博物馆展出一百件青铜器',
      '老街书店迎来第三十个年头',
      '电影《渡口》下月开机',
    ]);
    expect(page.articles.map(({ authors }) => authors)).toEqual([['吴桐'], ['郑洁', '孙悦'], []]);
  });

  it('tells articles apart by their date lines', () => {
    const page = readPage('dated-articles.txt');
    expect(titles(page)).toEqual(['东港码头扩建完工', '西山隧道双向贯通']);
    expect(page.articles.map(({ date }) => date)).toEqual(['2020-01-03', '2020-01-04']);
  });

  it('shows a headline that is split by a wide space with a plain one', () => {
    expect(titles(readPage('full-width-space.txt'))).toEqual([
      '市民中心启用 办事少跑三趟',
      '三条公交线路调整 下周一起执行',
    ]);
  });

  it('takes the source from the agency, and no date from a dateline without a year', () => {
    const { articles } = readPage('agencies.txt');
    expect(articles.map(({ source }) => source)).toEqual(['新华社', '新华社']);
    expect(articles.map(({ authors }) => authors)).toEqual([['王晨'], []]);
    expect(articles.map(({ date }) => date)).toEqual([null, null]);
  });

  it('reads tables as one paragraph with its lines, and joins nothing to it', () => {
    const page = readPage('table.txt');
    expect(titles(page)).toEqual(['本市二手房成交量连续三月回升', '油价今晚下调']);
    expect(texts(page)[1]).toBe(
      '区域 成交套数 均价(元) 环比\n城东区 1320 23500 +8%\n城西区 980 19800 +12%\n城南区 1820 17600 +10%',
    );
  });

  it('keeps the lines of a poem, and its author', () => {
    const page = readPage('poem.txt');
    expect(titles(page)).toEqual(['秋天的信', '一碗面的距离']);
    expect(page.articles.map(({ authors }) => authors)).toEqual([['林小溪'], ['周庄']]);
    expect(texts(page)[0]).toBe('落叶把门敲响\n风站在台阶上\n我拆开一封没有字的信\n里面是整个秋天');
  });

  it('leaves classified advertisements apart, though none ends with a full stop', () => {
    expect(texts(readPage('classifieds.txt'))).toHaveLength(4);
  });

  it('reads an English page with decks, bylines and wrapped paragraphs', () => {
    const page = readPage('english.txt');
    expect(titles(page)).toEqual([
      'City Council Approves $40 Million Budget',
      'Bridge Repairs Delayed Until Fall',
      'Weather',
    ]);
    expect(page.articles[0]).toMatchObject({
      deck: 'Libraries keep Sunday hours; parks lose two rangers',
      authors: ['Anna Kowalski', 'David Reyes'],
      date: '2019-03-12',
    });
    expect(texts(page)[1]).toBe(
      'The vote came after a four-hour meeting at which more than 60 resi-\ndents spoke.',
    );
  });

  it('reads an English page with a masthead, agency leads and a byline in capitals', () => {
    const page = readPage('english-masthead.txt');
    expect(titles(page)).toEqual([
      'Flood waters recede, leaving mud and questions',
      'High school robotics team wins state title',
      'CORRECTIONS',
    ]);
    expect(page.articles.map(({ source }) => source)).toEqual([
      'AP',
      'The Riverton Gazette',
      'The Riverton Gazette',
    ]);
    expect(page.articles[1]).toMatchObject({ authors: ['John Carver'], date: '2019-05-04' });
  });

  it('starts an article at leads, bylines, signatures and standing columns, and not at notices in brackets', () => {
    const page = readPage('mixed-starts.txt');
    expect(titles(page)).toEqual([
      '广东省防总将防汛应急响应提升至Ⅱ级',
      '台风逼近 珠江口多个航线停航',
      '广州地铁五年新增线路超二百公里 日均客流近千万人次 位居全国前三',
      '天河新开三所公办幼儿园',
      '城市更新不是一拆了之',
      '本地简讯',
    ]);
    expect(page.articles.map(({ authors }) => authors)).toEqual([
      ['许悦', '梁伟杰'],
      ['田建川', '黄浩苑'],
      ['严艺文', '胡明'],
      ['何宁'],
      ['张涨'],
      [],
    ]);
    expect(page.articles[4]?.kicker).toBe('短评');
    expect(texts(page)).toContain('(图片由广州地铁集团提供)');
  });

  it('reads a Traditional Chinese page', () => {
    const page = readPage('traditional.txt');
    expect(titles(page)).toEqual(['高鐵新站動工 三年後通車', '漁港大火 八艘漁船受損']);
    expect(page.articles.map(({ authors }) => authors)).toEqual([['陳志明'], ['林美玉']]);
    expect(page.articles[0]).toMatchObject({ source: '大海日報', date: '2016-05-20' });
    expect(texts(page).some((text) => text.includes('凌晨三點撲滅火勢，起火原因仍在調查'))).toBe(
      true,
    );
  });

  it('reads the same page with Windows line ends, wider gaps, or no blank lines at all', () => {
    const lines = [
      'A2 要闻',
      '新桥通车',
      '本报讯 记者王一报道：新桥昨天通车。',
      '旧桥谢幕',
      '本报讯 记者李二报道：旧桥昨天停用。',
    ];
    for (const gap of ['\n\n', '\r\n\r\n', '\r\n', '\n', '\n\n\n\n']) {
      expect(titles(readText(lines.join(gap)))).toEqual(['新桥通车', '旧桥谢幕']);
    }
  });

  it('gives a dateline the year of its page, its file or its neighbours, and else none', () => {
    const body = '河水退去\n\n新华社武汉12月30日电 河水昨天退去。\n';
    expect(readText(body).articles[0]?.date).toBeNull();
    expect(readText(body, 'news/2020-12-31.txt').articles[0]?.date).toBe('2020-12-30');
    expect(readText(body, '20210102.txt').articles[0]?.date).toBe('2020-12-30');
    expect(readText(`---\ndate: 2019\n---\n${body}`).articles[0]?.date).toBe('2019');
    const pair = `${body}\n雪停了\n\n新华社北京2018年12月31日电 雪昨天停了。\n`;
    expect(readText(pair).articles.map(({ date }) => date)).toEqual(['2018-12-30', '2018-12-31']);
    expect(readText('会议召开\n\n新华社电 会议20日召开。').articles[0]?.date).toBeNull();
  });
});
