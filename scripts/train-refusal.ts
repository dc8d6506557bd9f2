/**
 * Fits the probability that a quoted sentence answers its question, and the thresholds of REFUSAL, and
 * writes src/answers/refusal-weights.json: `npm run train:refusal [-- FOLDER [QUESTIONS]]`, where FOLDER
 * (default ../shared/training) holds DRCD_dev.json, DRCD_test.json and cmrc2018_trial.json.
 *
 * How much each feature counts is set by hand, in standard deviations. Weights fitted freely to these
 * questions, which repeat the words of their paragraphs, and to near misses made from them, did worse on
 * every other data set than these thirteen numbers. What is fitted: the deviations, one scale and the
 * bias, which make the sum a probability, and the thresholds.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ANSWER_FEATURES, answerFeatures, foldedHead } from '../src/answers/answer-features.ts';
import type { AnswerFeature, Candidacy } from '../src/answers/answer-features.ts';
import { chooseSentences } from '../src/answers/choose.ts';
import { understandQuestion } from '../src/answers/question.ts';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../src/embedding/shipped-model.ts';
import type { LibraryView } from '../src/ports.ts';
import { search } from '../src/search/search.ts';
import { sentencesOf } from '../src/text/sentences.ts';
import { dot, seeded, shuffled } from './training/fit.ts';
import { areaUnderCurve, deviation, fitScale } from './training/logistic.ts';
import type { Labelled } from './training/logistic.ts';
import { negated, swapped } from './training/near-misses.ts';
import { readExamples } from './training/reading.ts';
import type { ReadingExample } from './training/reading.ts';
import { fileOf, withLibrary } from './training/temporary-library.ts';

const IMPORTANCE: Readonly<Record<AnswerFeature, number>> = {
  sentenceScore: 0.3,
  chain: 0.1,
  proximity: 0.1,
  lacksAmount: -0.3,
  lacksTime: -0.2,
  missingWord: -0.1,
  missingNumber: -0.2,
  opposite: -0.2,
  negated: -0.3,
  asksNegatively: -0.2,
  coverageWindow: 0.3,
  ranking: 0.3,
  dense: 0.15,
};
/** How much each way of asking counts: what people ask in vain is mostly near something that is there. */
const KINDS = { asked: 1.5, removed: 0.3, cut: 0.3, swapped: 1, negated: 1 } as const;
type Kind = keyof typeof KINDS;
const READ = 3;
/** The share of answerable questions that each setting refuses. */
const REFUSED = { strict: 0.1, balanced: 0.03, open: 0.01 } as const;

interface Row {
  readonly values: readonly number[];
  readonly kind: Kind;
  readonly rank: number;
  readonly isTrue: boolean;
}

const [folder = '../shared/training', count = '800'] = process.argv.slice(2);
const random = seeded(1);
const all = readExamples(folder);
const paragraphs = [...new Map(all.map(({ paragraph, article }) => [paragraph, article]))];
const placeOf = new Map(paragraphs.map(([paragraph], index) => [paragraph, index]));
const examples = shuffled(all, random).slice(0, Number(count));
const embedder = await openEmbedder({
  model: SHIPPED_MODEL,
  modelsDir: fileURLToPath(new URL('../embeddings/models', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../embeddings/cache', import.meta.url)),
  workers: 1,
});
const rows: Row[] = [];
await withLibrary(
  paragraphs.map(([text, title]) => ({ title, text })),
  embedder,
  async (view) => {
    for (const example of examples) rows.push(...(await askInAllWays(example, view)));
  },
);
await embedder.close();
write(rows);

async function askInAllWays(example: ReadingExample, view: LibraryView): Promise<Row[]> {
  const { question, paragraph } = example;
  const elsewhere = paragraphs[Math.floor(random() * paragraphs.length)]?.[0] ?? paragraph;
  const asked: Array<[Kind, string | null]> = [
    ['asked', question],
    ['removed', question],
    ['cut', question],
    ['swapped', swapped(question, paragraph, elsewhere, random)],
    ['negated', random() < 0.3 ? negated(question, random) : null],
  ];
  const found: Row[] = [];
  for (const [kind, text] of asked) {
    if (text !== null) found.push(...(await askOnce(kind, text, example, view)));
  }
  return found;
}

async function askOnce(
  kind: Kind,
  text: string,
  example: ReadingExample,
  view: LibraryView,
): Promise<Row[]> {
  const question = understandQuestion(text);
  const own = fileOf(placeOf.get(example.paragraph) ?? -1);
  const { passages } = await search(text, { view, embedder, limit: READ + 2 });
  const candidacies = passages
    .filter(({ passage }) => kind !== 'removed' || passage.paragraph.file !== own)
    .flatMap((ranked): Candidacy[] => {
      const { file, text: whole } = ranked.passage.paragraph;
      const isCut = kind === 'cut' && file === own;
      const choice = chooseSentences(
        question,
        isCut ? without(whole, example) : whole,
        foldedHead(ranked),
      );
      return choice === null ? [] : [{ ranked, choice }];
    })
    .slice(0, READ);
  return candidacies.map((one, rank) => {
    const features = answerFeatures(question, one);
    const values = ANSWER_FEATURES.map((name) => features[name]);
    return { values, kind, rank, isTrue: kind === 'asked' && isAnswer(one, own, example) };
  });
}

/** The paragraph without its answering sentence. */
function without(paragraph: string, { paragraph: original, start }: ReadingExample): string {
  const sentence = sentencesOf(original).find(([from, to]) => start >= from && start < to);
  return sentence === undefined
    ? paragraph
    : paragraph.replace(oneLine(original.slice(...sentence)), '');
}

function isAnswer(
  { ranked, choice }: Candidacy,
  own: string,
  { paragraph, start, end }: ReadingExample,
): boolean {
  const { file, text } = ranked.passage.paragraph;
  return file === own && text.slice(...choice.range).includes(oneLine(paragraph.slice(start, end)));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function write(rows: readonly Row[]): void {
  const relative = ANSWER_FEATURES.map(
    (name, k) => IMPORTANCE[name] / deviation(rows.map(({ values }) => values[k] ?? 0)),
  );
  const labelled = rows.map(({ values, isTrue, kind }): Labelled => ({
    value: dot(values, relative),
    isTrue,
    weight: KINDS[kind],
  }));
  const { scale, bias } = fitScale(labelled);
  const weights = relative.map((weight) => scale * weight);
  const probability = ({ values }: Row): number => 1 / (1 + Math.exp(-bias - dot(values, weights)));
  const first = rows.filter(({ rank }) => rank === 0);
  for (const kind of ['removed', 'cut', 'swapped', 'negated'] as const) {
    const scores = first
      .filter((row) => row.kind === kind || row.kind === 'asked')
      .map((row) => [probability(row), row.kind === 'asked'] as const);
    console.log(`asked against ${kind}: area under the curve ${areaUnderCurve(scores).toFixed(3)}`);
  }
  const asked = first
    .filter(({ kind }) => kind === 'asked')
    .map(probability)
    .sort((a, b) => a - b);
  const refusing = (share: number): number => round(asked[Math.floor(share * asked.length)] ?? 0);
  const report = {
    about:
      'Probability that a quoted sentence answers its question; written by npm run train:refusal',
    model: SHIPPED_MODEL,
    data: 'DRCD dev and test (CC BY-SA 3.0), CMRC 2018 trial (CC BY-SA 4.0)',
    questions: examples.length,
    thresholds: {
      strict: refusing(REFUSED.strict),
      balanced: refusing(REFUSED.balanced),
      open: refusing(REFUSED.open),
    },
    bias: round(bias),
    weights: Object.fromEntries(ANSWER_FEATURES.map((name, k) => [name, round(weights[k] ?? 0)])),
  };
  const file = new URL('../src/answers/refusal-weights.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
