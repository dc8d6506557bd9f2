import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WritingTally, writingLines } from '../../src/evaluation/writing.ts';
import { Newsroom } from '../answers/written/newsroom.ts';
import { fails, replies, says } from '../language-model/scripted-server.ts';

let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(async () => room.close());

describe('the figures of a language model', () => {
  it('count what was written, what was left out, and whether every quote stands', async () => {
    const tally = new WritingTally();
    const ask = tally.counting(await room.writtenAsk(), room.library.view()!);
    room.server.behave(
      replies('青龙大桥于2019年5月3日通车。〈正式通车〉\n'),
      replies('大桥全长1200米。〈全长1200米〉\n大桥全长1300米。〈全长1200米〉\n'),
      says('NONE'),
      fails(401),
    );
    for (const question of [
      '青龙大桥是什么时候通车的？',
      '青龙大桥全长多少米？',
      '青龙大桥的总工程师是谁？',
      '青龙大桥由哪家公司承建？',
      '谁写了哈姆雷特？',
    ]) {
      await ask(question);
    }
    const figures = tally.figures();
    expect(figures).toMatchObject({
      questions: 5,
      outcomes: { written: 2, declined: 1, failed: 1, unproven: 0, 'over-budget': 0, quoted: 1 },
      wholeAnswers: 0.5,
      quotesProven: 1,
      sentencesKept: 2,
      sentencesDropped: { number: 1 },
      replyTokens: 180,
    });
    expect(writingLines(figures).join('\n')).toContain('quotes proven                  100.0 %');
  });

  it('of nothing are no figures', () => {
    expect(new WritingTally().figures()).toMatchObject({ questions: 0, quotesProven: null });
  });
});
