/**
 * Trains the weights with which the answering sentence of a paragraph is chosen, and writes
 * src/answers/sentence-weights.json: `npm run train:sentences [-- FOLDER]`, where FOLDER (default
 * ../shared/training) holds DRCD_dev.json, DRCD_test.json and cmrc2018_trial.json.
 */
import { writeFileSync } from 'node:fs';
import { knowing } from '../src/answers/choose.ts';
import { understandQuestion } from '../src/answers/question.ts';
import { judgeSentences, SENTENCE_FEATURES } from '../src/answers/sentence-features.ts';
import { analyse } from '../src/answers/words.ts';
import { fold } from '../src/text/fold.ts';
import { sentencesOf } from '../src/text/sentences.ts';
import { dot, fitChoice } from './training/fit.ts';
import type { Group } from './training/fit.ts';
import { readExamples } from './training/reading.ts';
import type { ReadingExample } from './training/reading.ts';

function groupOf({ article, paragraph, question, start }: ReadingExample): Group | null {
  const ranges = sentencesOf(paragraph);
  const right = ranges.findIndex(([from, to]) => start >= from && start < to);
  if (ranges.length < 2 || right < 0) return null;
  const sentences = ranges.map(([from, to]) => analyse(paragraph.slice(from, to)));
  const judged = judgeSentences(
    knowing(understandQuestion(question), fold(article)),
    sentences,
    [],
  );
  const rows = judged.map(({ features }) => SENTENCE_FEATURES.map((name) => features[name]));
  return { rows, right };
}

function accuracy(groups: readonly Group[], weights: readonly number[]): number {
  const correct = groups.filter(({ rows, right }) => {
    const scores = rows.map((row) => dot(row, weights));
    return scores.indexOf(Math.max(...scores)) === right;
  });
  return correct.length / groups.length;
}

const examples = readExamples(process.argv[2] ?? '../shared/training');
const groups = examples.map(groupOf).filter((group) => group !== null);
const fifth = Math.floor(groups.length / 5);
const options = { epochs: 30, rate: 0.05, decay: 1e-4 };
const size = SENTENCE_FEATURES.length;
const heldOut = accuracy(groups.slice(0, fifth), fitChoice(groups.slice(fifth), size, options));
const weights = fitChoice(groups, size, options);

const file = new URL('../src/answers/sentence-weights.json', import.meta.url);
const rounded = SENTENCE_FEATURES.map(
  (name, k) => [name, Number((weights[k] ?? 0).toFixed(3))] as const,
);
const report = {
  about:
    'Log-odds of being the answering sentence of a paragraph; written by npm run train:sentences',
  data: 'DRCD dev and test (CC BY-SA 3.0), CMRC 2018 trial (CC BY-SA 4.0)',
  questions: groups.length,
  rightOnAHeldOutFifth: Number(heldOut.toFixed(3)),
  weights: Object.fromEntries(rounded),
};
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
console.log(
  `${groups.length} questions, ${(100 * heldOut).toFixed(1)} % right on a held-out fifth`,
);
