/**
 * Trains the weights of the ranking's features and writes src/search/ranking-weights.json:
 * `npm run train:ranking [-- FOLDER]`, where FOLDER (default ../shared/training) holds DRCD_dev.json,
 * DRCD_test.json, cmrc2018_trial.json and crud_news_63k.jsonl.gz. A few minutes.
 *
 * The embedding model was trained on these questions and knows them too well. So only the lexical
 * weights are learned here; what the dense side is worth beside them is one number, `DENSE_WEIGHT`.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../src/embedding/shipped-model.ts';
import { corpusLibrary } from '../src/evaluation/corpus-library.ts';
import type { Embedder, LibraryView } from '../src/ports.ts';
import { candidatesOf, hitsByWords } from '../src/search/candidates.ts';
import type { Features } from '../src/search/feature-names.ts';
import { describe } from '../src/search/features.ts';
import { understand } from '../src/search/question.ts';
import { LEXICAL_FEATURES } from '../src/search/score.ts';
import { dot, fitChoice } from './training/fit.ts';
import type { Group } from './training/fit.ts';
import { readRankingData } from './training/ranking-data.ts';
import type { RankingQuestion } from './training/ranking-data.ts';

/**
 * Read off the three sets of ../shared/eval, the only number of the ranking's order that is: on each of
 * them any weight from 5 to 12 is within 0.004 of its best nDCG@10.
 */
const DENSE_WEIGHT = 8;
/**
 * Right passages of the training data, which are easier to find than those of people's own questions,
 * have some log-odds on average; a passage with this share of them is scored one half. The share, and
 * the slope in src/search/score.ts, are such that on the sets of ../shared/eval a first passage scored
 * 0.8 is right about eight times in ten.
 */
const HALF_OF_RIGHT = 0.74;
const RULES = { perSide: 60, together: 48, rowBudget: 40_000 };
const EVERY_NTH = 4;

/** The features of every candidate of one question, and which is right; null when none is. */
interface Example {
  readonly features: readonly Features[];
  readonly right: number;
}

async function exampleOf(
  { text, document }: RankingQuestion,
  view: LibraryView,
  embedder: Embedder,
): Promise<Example | null> {
  const question = understand(text, view, new Date());
  const vector = await embedder.embedQuestion(text);
  const described = describe(
    question,
    candidatesOf(hitsByWords(question, view, RULES), vector, view, RULES),
  );
  const right = described.findIndex(({ passage }) => passage.paragraph.file === document);
  return right < 0 ? null : { features: described.map(({ features }) => features), right };
}

function groupOf({ features, right }: Example): Group {
  return { rows: features.map((one) => LEXICAL_FEATURES.map((name) => one[name])), right };
}

function accuracy(groups: readonly Group[], weights: readonly number[]): number {
  const correct = groups.filter(({ rows, right }) => {
    const scores = rows.map((row) => dot(row, weights));
    return scores.indexOf(Math.max(...scores)) === right;
  });
  return correct.length / groups.length;
}

/** Mean and spread of the similarities of a question's candidates, on average. */
function denseScale(examples: readonly Example[]): { mean: number; spread: number } {
  const scales = examples.map(({ features }) => {
    const mean = average(features.map(({ dense }) => dense));
    return { mean, spread: Math.sqrt(average(features.map(({ dense }) => (dense - mean) ** 2))) };
  });
  return {
    mean: round(average(scales.map(({ mean }) => mean))),
    spread: round(average(scales.map(({ spread }) => spread))),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}

const folder = process.argv[2] ?? '../shared/training';
const { documents, questions } = readRankingData(folder, EVERY_NTH);
const embedder = await openEmbedder({
  model: SHIPPED_MODEL,
  modelsDir: fileURLToPath(new URL('../embeddings/models', import.meta.url)),
  cacheDir: join(tmpdir(), 'yuanwen-evaluation'),
  workers: 2,
});
const library = await corpusLibrary(documents, {
  embedder,
  cacheDir: join(tmpdir(), 'yuanwen-evaluation'),
});
const view = library.view();
const examples: Example[] = [];
for (const question of view === null ? [] : questions) {
  const example = view === null ? null : await exampleOf(question, view, embedder);
  if (example !== null) examples.push(example);
}
library.close();
await embedder.close();

const groups = examples.map(groupOf);
const fifth = Math.floor(groups.length / 5);
const options = { epochs: 800, rate: 0.1, decay: 2e-5 };
const size = LEXICAL_FEATURES.length;
const heldOut = accuracy(groups.slice(0, fifth), fitChoice(groups.slice(fifth), size, options));
const weights = fitChoice(groups, size, options);
const scale = denseScale(examples);
/** As for questions that the embedding model has not seen: the right passage stands out a little. */
const unseenDense = DENSE_WEIGHT * (scale.mean + 2 * scale.spread);
const rightLogOdds = average(
  groups.map(({ rows, right }) => dot(rows[right] ?? [], weights) + unseenDense),
);
const report = {
  about: 'Log-odds of being the paragraph that answers; written by npm run train:ranking',
  data: 'DRCD dev and test (CC BY-SA 3.0), CMRC 2018 trial (CC BY-SA 4.0); distractors: CRUD-RAG news',
  questions: groups.length,
  rightOnAHeldOutFifth: round(heldOut),
  model: { fingerprint: embedder.fingerprint, ...scale },
  half: round(HALF_OF_RIGHT * rightLogOdds),
  dense: DENSE_WEIGHT,
  lexical: Object.fromEntries(LEXICAL_FEATURES.map((name, k) => [name, round(weights[k] ?? 0)])),
};
writeFileSync(
  new URL('../src/search/ranking-weights.json', import.meta.url),
  `${JSON.stringify(report, null, 2)}\n`,
);
console.log(
  `${groups.length} questions, ${(100 * heldOut).toFixed(1)} % right on a held-out fifth by words alone`,
);
