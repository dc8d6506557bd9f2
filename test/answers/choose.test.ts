import { describe, expect, it } from 'vitest';
import { chooseSentences } from '../../src/answers/choose.ts';
import { understandQuestion } from '../../src/answers/question.ts';

function quoted(question: string, paragraph: string, head = ''): string {
  const choice = chooseSentences(understandQuestion(question), paragraph, head);
  return choice === null ? '' : paragraph.slice(...choice.range).trim();
}

describe('chooseSentences', () => {
  const theatre =
    '戲院建於1934年，是全市最老的電影院。修復工程2019年動工，經費一億八千萬元，歷時五年。開幕片《漁港春曉》拍攝於1961年。';

  it.each([
    ['戏院建于哪一年?', '戲院建於1934年，是全市最老的電影院。'],
    ['修復花了多少錢?', '修復工程2019年動工，經費一億八千萬元，歷時五年。'],
    ['開幕片叫什麼?', '開幕片《漁港春曉》拍攝於1961年。'],
  ])('%s', (question, sentence) => {
    expect(quoted(question, theatre)).toBe(sentence);
  });

  it('prefers the sentence that has the kind of answer over one with more of the words', () => {
    const paragraph = '江畔图书馆的藏书很有名。馆舍共三层，藏书12万册。';
    expect(quoted('江畔图书馆有多少藏书?', paragraph, '江畔图书馆试开放')).toContain('12万册');
  });

  it('quotes a list that spans sentences whole, and no more', () => {
    const list = '会议提出三条措施:一是扩大绿地。二是疏通河道。三是修缮老屋。';
    expect(quoted('会议提出哪些措施?', `市里开会。${list}会议由市长主持。`)).toBe(list);
  });

  it('quotes a reason together with what it is the reason for', () => {
    const paragraph = '戏院在2009年停业。这是因为漏水严重,连年亏损。如今它重新开幕。';
    expect(quoted('戏院为什么停业?', paragraph)).toBe(
      '戏院在2009年停业。这是因为漏水严重,连年亏损。',
    );
  });

  it('gives nothing for an empty paragraph', () => {
    expect(chooseSentences(understandQuestion('谁?'), '')).toBeNull();
  });
});
