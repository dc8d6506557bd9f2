import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/text/sentences.ts';

/** The sentences as strings, without the white space that follows them. */
function split(text: string): string[] {
  return sentencesOf(text).map(([start, end]) => text.slice(start, end).trimEnd());
}

describe('sentencesOf', () => {
  it.each<[string, string[]]>([
    ['今天开会。明天放假！真的吗？是的', ['今天开会。', '明天放假！', '真的吗？', '是的']],
    ['真的吗？！当然。', ['真的吗？！', '当然。']],
    ['增长3.5%。降到1.2万人。', ['增长3.5%。', '降到1.2万人。']],
    [
      '一是稳就业；二是稳外贸；三是稳投资。会议在京举行。',
      ['一是稳就业；二是稳外贸；三是稳投资。', '会议在京举行。'],
    ],
    ['他看了《你好！李焕英》。她没看。', ['他看了《你好！李焕英》。', '她没看。']],
    ['观众在“加油！”声中起立。比赛开始。', ['观众在“加油！”声中起立。', '比赛开始。']],
    ['他说：“我来了。你呢？”大家笑了。', ['他说：“我来了。', '你呢？”', '大家笑了。']],
    [
      '“市场会好起来的。”局长江涛在会上表示，政策正在推进。',
      ['“市场会好起来的。”局长江涛在会上表示，政策正在推进。'],
    ],
    ['「我們準備好了。」他說。隊伍出發了。', ['「我們準備好了。」他說。', '隊伍出發了。']],
    ['会议通过决定（共三项。见附件）。散会。', ['会议通过决定（共三项。见附件）。', '散会。']],
    [
      '智能汽车、车路协同、单车智能……8月22日，峰会举行。',
      ['智能汽车、车路协同、单车智能……', '8月22日，峰会举行。'],
    ],
    ['我……我不知道。', ['我……我不知道。']],
    ['他走了。……', ['他走了。……']],
    [
      '床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。',
      ['床前明月光，\n疑是地上霜。', '举头望明月，\n低头思故乡。'],
    ],
    ['白日依山尽\n黄河入海流', ['白日依山尽', '黄河入海流']],
    [
      'Dr. Smith arrived at 3.30 p.m. on Monday. He left.',
      ['Dr. Smith arrived at 3.30 p.m. on Monday.', 'He left.'],
    ],
    [
      'The U.S. economy grew. J. K. Rowling wrote it.',
      ['The U.S. economy grew.', 'J. K. Rowling wrote it.'],
    ],
    ['"It is cold." he said. We left.', ['"It is cold." he said.', 'We left.']],
    ['She asked, "Who is it?" Nobody answered.', ['She asked, "Who is it?"', 'Nobody answered.']],
    ['1. 打开软件。2. 登录。', ['1. 打开软件。', '2. 登录。']],
    ['见 example.com/a.html 网站。好的。', ['见 example.com/a.html 网站。', '好的。']],
    ['', []],
  ])('splits %j', (text, sentences) => {
    expect(split(text)).toEqual(sentences);
  });

  it('does not end a sentence at the line ends of hard-wrapped prose', () => {
    const text = [
      'The council met on Tuesday to discuss the new bridge over the',
      'river, which has been planned for more than twenty years now and',
      'will cost nine million. Work starts in May, said the mayor.',
    ].join('\n');
    expect(split(text)).toHaveLength(2);
  });

  it('reads long runs of marks and brackets in one go', () => {
    for (const run of ['(', '“', '。', '…', '.', '\n', ' ', '，']) {
      expect(sentencesOf(`开始${run.repeat(100_000)}结束。`).at(-1)?.[1]).toBe(100_005);
    }
  });

  it('covers any text with touching pieces that are not empty', () => {
    const alphabet = '天地人他说。！？…，；：“”「」（）《》"\'.!? \n\rAb3、)('.split('');
    const anyText = string({ unit: constantFrom(...alphabet), maxLength: 80 });
    assert(
      property(anyText, (text) => {
        let covered = 0;
        for (const [start, end] of sentencesOf(text)) {
          expect(start).toBe(covered);
          expect(end).toBeGreaterThan(start);
          covered = end;
        }
        expect(covered).toBe(text.length);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('gives every sentence a letter or digit when the text has one', () => {
    const alphabet = '天地人。！？”“…\n ab1'.split('');
    assert(
      property(string({ unit: constantFrom(...alphabet), maxLength: 40 }), (text) => {
        const bare = split(text).filter((sentence) => !/[\p{L}\p{N}]/u.test(sentence));
        expect(bare.length).toBeLessThanOrEqual(1);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});
