/** Questions that the sample articles answer, and words that a right answer has. */
export interface Question {
  readonly asks: string;
  readonly answer: string;
}

export const questions: readonly Question[] = [
  { asks: '望屿岛一年有多少天起雾？', answer: '116天' },
  { asks: '江畔图书馆的改建花了多少钱？', answer: '4300万元' },
  { asks: 'How long does the night ferry crossing take?', answer: '95 minutes' },
  { asks: '大和戲院建於哪一年？', answer: '1934年' },
  { asks: '江畔图书馆的藏书有多少册？', answer: '12万册' },
  { asks: 'Who is the mayor of Harrow Bay?', answer: 'Denise Okaf' },
];

/** A question that no sample article answers. */
export const UNANSWERABLE = '2018年足球世界杯的冠军是哪个国家？';
