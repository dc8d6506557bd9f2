import { writeFileSync } from 'node:fs';
import { openCorpus } from '../compose-evaluation.ts';
import { readBeir, spread } from '../evaluation/beir.ts';
import { compareRuns } from '../evaluation/compare.ts';
import { holdDialogues, readDialogues } from '../evaluation/dialogues.ts';
import type { Outcome } from '../evaluation/outcome.ts';
import { askQuestions, readQuestions } from '../evaluation/question-file.ts';
import { reportHtml } from '../evaluation/report.ts';
import { runBeir } from '../evaluation/run-beir.ts';
import type { BeirRun } from '../evaluation/run-beir.ts';
import { beirJson, questionsJson, readRun, valuesOf } from '../evaluation/run.ts';
import { beirTable, comparisonTable, questionsTable } from '../evaluation/table.ts';
import { WritingTally, writingLines } from '../evaluation/writing.ts';
import type { Config } from '../config.ts';
import { YuanwenError } from '../errors.ts';
import type { Ask } from '../ports.ts';
import type { RankingKind } from '../search/search.ts';
import { Progress } from '../terminal/progress.ts';
import type { Command, Flags, Surroundings } from './command.ts';
import { FOLDER_FLAGS, UsageError, numberFlag, textFlag } from './command.ts';
import { searchingApp, writingApp } from './prepared-app.ts';
import { withSecondLook } from './second-look.ts';
import { configOf } from './settings.ts';

/** What `--ranking` names: `reranked` is everything and the reranker's second look. */
type Ranking = RankingKind | 'reranked';

const RANKINGS: readonly Ranking[] = ['lexical', 'dense', 'fused', 'full', 'reranked'];

export const evaluate: Command = {
  summary: 'Measures answers against questions with known answers, or a ranking on a BEIR folder.',
  usage: [
    'npm run eval -- FILE.jsonl [--answers llm] [--json] [--report FILE.html]',
    'npm run eval -- --dialogues FILE.jsonl [--answers llm] [--json] [--report FILE.html]',
    'npm run eval -- --beir FOLDER [--ranking lexical|dense|fused|full|reranked] [--limit N] [--json] [--report FILE.html]',
    'npm run eval -- --compare A.json B.json [--json]',
    '',
    'hit@1, hit@3 and MRR look at the citations of an answer, and at the nearest passages of a refusal;',
    'refusals are counted apart. A refused question has no answer in its quote.',
  ],
  flags: {
    beir: { type: 'string', help: 'a folder with corpus.jsonl, queries.jsonl, qrels/test.tsv' },
    dialogues: { type: 'string', help: 'a file of conversations with known answers' },
    ranking: {
      type: 'string',
      help: 'what ranks: one side, their sum, everything, or also RERANKER_MODEL',
    },
    limit: { type: 'string', help: 'so many queries of the folder, evenly spread' },
    answers: {
      type: 'string',
      help: 'quotes, or llm: as the configured language model writes them',
    },
    compare: {
      type: 'boolean',
      help: 'two runs saved with --json, with a paired significance test',
    },
    json: { type: 'boolean', help: 'one JSON object' },
    report: { type: 'string', help: 'also write a page with plots and every failed question' },
    ...FOLDER_FLAGS,
  },
  async run(flags, words, surroundings) {
    const folder = textFlag(flags, 'beir');
    if (flags['compare'] === true) return compare(words, flags, surroundings);
    if (folder !== undefined && words.length === 0) return beir(folder, flags, surroundings);
    const dialogues = textFlag(flags, 'dialogues');
    if (dialogues !== undefined && words.length === 0) {
      const expected = readDialogues(dialogues);
      const count = expected.reduce((sum, { turns }) => sum + turns.length, 0);
      const hold: Asking = (ask, onAsked) => holdDialogues(expected, ask, onAsked);
      return questions(dialogues, count, hold, flags, surroundings);
    }
    const [file, ...more] = words;
    if (file === undefined || folder !== undefined || more.length > 0) {
      throw new UsageError('Give one file of questions, or a BEIR folder with --beir.');
    }
    const expected = readQuestions(file);
    const asking: Asking = (ask, onAsked) => askQuestions(expected, ask, onAsked);
    return questions(file, expected.length, asking, flags, surroundings);
  },
};

/** Asks what a file holds, and says how many questions are done. */
type Asking = (ask: Ask, onAsked: (done: number) => void) => Promise<Outcome[]>;

async function questions(
  file: string,
  count: number,
  asking: Asking,
  flags: Flags,
  surroundings: Surroundings,
): Promise<number> {
  const config = configOf(flags, surroundings);
  const tally = tallyOf(flags, config);
  const open = tally === null ? searchingApp : writingApp;
  const app = await open(config, surroundings, 'the-latest');
  const progress = new Progress(surroundings.stderr);
  try {
    const view = app.library.view();
    const ask = tally === null || view === null ? app.ask : tally.counting(app.ask, view);
    const outcomes = await asking(ask, (done) => {
      surroundings.signal.throwIfAborted();
      progress.doing('Asking questions', done, count);
    });
    progress.stop();
    const table = questionsTable(outcomes);
    const json = questionsJson(outcomes);
    const writing = tally?.figures();
    show(flags, surroundings, {
      title: file,
      table: writing === undefined ? table : `${table}\n${writingLines(writing).join('\n')}\n`,
      json: writing === undefined ? json : { ...json, writing },
      outcomes,
    });
    return 0;
  } finally {
    progress.stop();
    await app.close();
  }
}

async function beir(folder: string, flags: Flags, surroundings: Surroundings): Promise<number> {
  const given = configOf(flags, surroundings);
  const ranking = rankingOf(flags, given);
  if (textFlag(flags, 'answers') !== undefined) {
    throw new UsageError('--answers is for files of questions and dialogues, not for --beir.');
  }
  const limit = numberFlag(flags, 'limit', Number.MAX_SAFE_INTEGER);
  const whole = readBeir(folder);
  const collection = { ...whole, queries: spread(whole.queries, limit) };
  const progress = new Progress(surroundings.stderr);
  const isReranked = ranking === 'reranked';
  const config = isReranked ? given : { ...given, rerankerModel: undefined };
  const app = await withSecondLook(config, surroundings, async () =>
    openCorpus(config, collection.documents, (done, total) =>
      progress.doing('Embedding passages', done, total),
    ),
  );
  try {
    const view = app.library.view();
    if (view === null) throw new YuanwenError('beir-empty', `${folder} holds no documents.`);
    const onQuery = (done: number, total: number): void => {
      surroundings.signal.throwIfAborted();
      progress.doing('Asking questions', done, total);
    };
    const { embedder, secondLook } = app;
    const options = { view, embedder, onQuery, ranking: isReranked ? 'full' : ranking } as const;
    const before = isReranked ? await runBeir(collection, options) : null;
    const isWhole = isReranked || ranking === 'full';
    const run = await runBeir(collection, {
      ...options,
      secondLook,
      ...(isWhole ? { ask: app.ask } : {}),
    });
    progress.stop();
    const json = beirJson(run, ranking);
    show(flags, surroundings, {
      title: folder,
      table: before === null ? beirTable(run, ranking) : secondLookTable(before, run),
      json: before === null ? json : { ...json, withoutSecondLook: before.summary },
      outcomes: run.outcomes,
    });
    return 0;
  } finally {
    progress.stop();
    await app.close();
  }
}

/** The figures without and with the reranker, and whether they differ by more than chance. */
function secondLookTable(before: BeirRun, run: BeirRun): string {
  const comparison = comparisonTable(compareRuns(valuesOf(before), valuesOf(run)));
  return `${beirTable(run, 'reranked', [['full', before]])}\nnDCG@10 without the second look (A) and with it (B)\n${comparison}`;
}

/** What counts the language model's work; null where answers are to be quotes. */
function tallyOf(flags: Flags, { languageModel }: Config): WritingTally | null {
  const answers = textFlag(flags, 'answers') ?? 'quotes';
  if (answers === 'quotes') return null;
  if (answers !== 'llm') throw new UsageError(`--answers is quotes or llm, not "${answers}".`);
  if (languageModel !== undefined) return new WritingTally();
  throw new UsageError('--answers llm needs a language model: set LLM_MODEL.');
}

function rankingOf(flags: Flags, { rerankerModel }: Config): Ranking {
  const usual = rerankerModel === undefined ? 'full' : 'reranked';
  const given = textFlag(flags, 'ranking') ?? usual;
  if (given === 'reranked' && rerankerModel === undefined) {
    throw new UsageError('--ranking reranked needs a reranking model: set RERANKER_MODEL.');
  }
  const known = RANKINGS.find((ranking) => ranking === given);
  if (known !== undefined) return known;
  throw new UsageError(`--ranking is one of ${RANKINGS.join(', ')}, not "${given}".`);
}

interface Result {
  readonly title: string;
  readonly table: string;
  readonly json: unknown;
  readonly outcomes: readonly Outcome[];
}

function show(flags: Flags, { stdout, stderr }: Surroundings, result: Result): void {
  stdout.write(flags['json'] === true ? `${JSON.stringify(result.json)}\n` : result.table);
  const file = textFlag(flags, 'report');
  if (file === undefined) return;
  try {
    writeFileSync(file, reportHtml(result.title, result.table, result.outcomes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YuanwenError(
      'report-unwritable',
      `The report ${file} cannot be written (${reason}). Choose another place with --report.`,
      { cause },
    );
  }
  stderr.write(`The report is in ${file}.\n`);
}

function compare(words: readonly string[], flags: Flags, { stdout }: Surroundings): number {
  const [a, b] = words;
  if (a === undefined || b === undefined || words.length > 2) {
    throw new UsageError('--compare takes two saved runs.');
  }
  const comparison = compareRuns(readRun(a), readRun(b));
  stdout.write(
    flags['json'] === true ? `${JSON.stringify(comparison)}\n` : comparisonTable(comparison),
  );
  return 0;
}
