import { describe, expect, it } from 'vitest';
import { readPage, readText, texts, titles } from './reading.ts';

describe('an ordinary file', () => {
  it('stays one article under a title of one character', () => {
    const page = readPage('short-first-line.txt');
    expect(titles(page)).toEqual(['雨']);
    expect(texts(page)).toHaveLength(3);
  });

  it('stays one article with numbered and with long subheads', () => {
    const page = readPage('enumerated-subheads.txt');
    expect(titles(page)).toEqual(['干部作风三题']);
    expect(page.articles[0]?.subheads).toEqual([
      '一、要把基础打牢',
      '坚持以人民为中心 让发展成果更多更公平惠及全体人民',
      '二、要把作风抓实',
    ]);
    expect(page.articles[0]?.paragraphs.map(({ subhead }) => subhead)).toEqual(
      page.articles[0]?.subheads,
    );
  });

  it('keeps the turns of an interview', () => {
    const page = readPage('interview.txt');
    expect(titles(page)).toEqual(['专访桥梁工程师罗宁：桥是会呼吸的']);
    expect(texts(page)).toHaveLength(6);
    expect(page.articles[0]?.subheads).toEqual([]);
  });

  it('reads a letter with its date', () => {
    const page = readPage('letter.txt');
    expect(page.articles).toHaveLength(1);
    expect(page.articles[0]).toMatchObject({ title: '读者来信', date: '2017-09-03' });
    expect(texts(page)[0]).toBe('编辑同志：');
  });

  it('keeps the line breaks of hard-wrapped paragraphs inside their slices', () => {
    expect(texts(readPage('wrapped-chinese.txt'))).toEqual([
      expect.stringMatching(/^江口的灯塔.*航道\n上最早的一座。.*他在\n塔上住了四十年。$/su),
      expect.stringMatching(/^二〇一一年.*仍然\n回来擦一次玻璃。$/su),
    ]);
    const column = readPage('wrapped-column.txt');
    expect(texts(column)).toHaveLength(2);
    expect(column.articles[0]?.authors).toEqual(['白露']);
  });

  it('reads one paragraph a line with wide indents', () => {
    const page = readText(
      '灯塔\n　　灯塔建于1923年。\n守塔人\n　　守塔人换了七代。\n　　最后一位姓方。\n',
    );
    expect(titles(page)).toEqual(['灯塔']);
    expect(page.articles[0]?.subheads).toEqual(['守塔人']);
    expect(texts(page)).toEqual(['灯塔建于1923年。', '守塔人换了七代。', '最后一位姓方。']);
  });

  it('never joins an indented paragraph to the one before', () => {
    const page = readText(
      '标题\n　　他走进院子，看见那棵三十年前亲手种下的石榴树已经高过了房檐，\n　　树下坐着一个老人。\n',
    );
    expect(texts(page)).toHaveLength(2);
  });

  it('reads Japanese and Korean articles', () => {
    const japanese = readPage('japanese.txt');
    expect(titles(japanese)).toEqual(['山の駅に図書室が開館 住民が三千冊を寄贈']);
    expect(japanese.articles[0]?.authors).toEqual(['田中太郎']);
    expect(texts(japanese)).toHaveLength(3);
    const korean = readPage('korean.txt');
    expect(titles(korean)).toEqual(['바닷가 마을에 작은 도서관 문 열어']);
    expect(korean.articles[0]).toMatchObject({ source: '새벽신문', authors: ['김민수'] });
  });

  it('is called by its opening words when it has no headline', () => {
    expect(titles(readText('新华社电 江水昨天退去，两岸的集市重新开张。第二句。'))).toEqual([
      '江水昨天退去，两岸的集市重新开张',
    ]);
  });

  it('keeps a line that is all there is', () => {
    expect(texts(readText('只有一行'))).toEqual(['只有一行']);
  });
});
