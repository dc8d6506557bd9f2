/** Reading-comprehension data in SQuAD's format: DRCD (CC BY-SA 3.0), CMRC 2018 trial (CC BY-SA 4.0). */
import { readFileSync } from 'node:fs';

export interface ReadingExample {
  readonly article: string;
  readonly paragraph: string;
  readonly question: string;
  /** UTF-16 offsets of the first answer in the paragraph. */
  readonly start: number;
  readonly end: number;
}

interface SquadFile {
  readonly data: ReadonlyArray<{
    readonly id?: string;
    readonly title?: string;
    readonly paragraphs: ReadonlyArray<{
      readonly id: string;
      readonly context: string;
      readonly qas: ReadonlyArray<{
        readonly question: string;
        readonly answers: ReadonlyArray<{ readonly text: string; readonly answer_start: number }>;
      }>;
    }>;
  }>;
}

const FILES = ['DRCD_dev.json', 'DRCD_test.json', 'cmrc2018_trial.json'];

/** All examples whose answer stands where the file says. */
export function readExamples(folder: string): ReadingExample[] {
  return FILES.flatMap((name) => examplesOf(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))));
}

function examplesOf({ data }: SquadFile): ReadingExample[] {
  return data.flatMap((article) =>
    article.paragraphs.flatMap(({ id, context, qas }) =>
      qas.flatMap(({ question, answers }) => {
        const [answer] = answers;
        if (answer === undefined) return [];
        const start = answer.answer_start;
        const end = start + answer.text.length;
        if (context.slice(start, end) !== answer.text) return [];
        return [{ article: article.title ?? id, paragraph: context, question, start, end }];
      }),
    ),
  );
}
