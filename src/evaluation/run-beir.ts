import type { Ask, Embedder, LibraryView } from '../ports.ts';
import { search } from '../search/search.ts';
import type { RankingKind } from '../search/search.ts';
import type { SecondLook } from '../search/second-look.ts';
import type { BeirFolder, BeirQuery } from './beir.ts';
import { mean, ndcg, quantile, recall, reciprocalRank } from './metrics.ts';
import { judge } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Figures of one query's ranking; only for queries that have relevant documents. */
export interface QueryFigures {
  readonly id: string;
  readonly 'ndcg@10': number;
  readonly 'recall@1': number;
  readonly 'recall@5': number;
  readonly 'recall@100': number;
  readonly 'mrr@10': number;
}

/** Means over all queries. */
export interface RankingSummary extends Omit<QueryFigures, 'id'> {
  readonly docs: number;
  readonly queries: number;
  readonly msMedian: number;
  readonly msP95: number;
}

export interface BeirRun {
  readonly figures: readonly QueryFigures[];
  readonly summary: RankingSummary;
  /** How the queries were answered; empty unless they were asked. */
  readonly outcomes: readonly Outcome[];
}

export interface BeirOptions {
  readonly view: LibraryView;
  readonly embedder: Embedder;
  readonly ranking: RankingKind;
  readonly secondLook?: SecondLook | undefined;
  /** With it every query is also asked, and its time is that of the answer. */
  readonly ask?: Ask;
  readonly onQuery?: (done: number, total: number) => void;
}

const DEPTH = 100;
/** What a question of a person looks at; timing it with a hundred results would measure the bench. */
const USUAL_LIMIT = 10;

/** Ranks, and with `ask` also answers, every query of a BEIR folder. */
export async function runBeir(folder: BeirFolder, options: BeirOptions): Promise<BeirRun> {
  const figures: QueryFigures[] = [];
  const outcomes: Outcome[] = [];
  const times: number[] = [];
  const queries =
    options.ask === undefined
      ? folder.queries.filter(({ relevant }) => relevant.size > 0)
      : folder.queries;
  for (const [index, query] of queries.entries()) {
    if (options.ask !== undefined) {
      const outcome = await answerQuery(query, options.ask);
      outcomes.push(outcome);
      times.push(outcome.ms);
    } else times.push(await timeSearch(query, options));
    if (query.relevant.size > 0) figures.push(await rankQuery(query, options));
    options.onQuery?.(index + 1, queries.length);
  }
  const averaged = (name: Exclude<keyof QueryFigures, 'id'>): number =>
    mean(figures.map((one) => one[name]));
  const summary = {
    docs: folder.documents.length,
    queries: queries.length,
    'ndcg@10': averaged('ndcg@10'),
    'recall@1': averaged('recall@1'),
    'recall@5': averaged('recall@5'),
    'recall@100': averaged('recall@100'),
    'mrr@10': averaged('mrr@10'),
    msMedian: quantile(times, 0.5),
    msP95: quantile(times, 0.95),
  };
  return { figures, summary, outcomes };
}

async function rankQuery(query: BeirQuery, options: BeirOptions): Promise<QueryFigures> {
  const { view, embedder, ranking, secondLook } = options;
  const { passages } = await search(query.text, {
    view,
    embedder,
    ranking,
    secondLook,
    limit: DEPTH,
  });
  const documents = passages.flatMap(({ passage, duplicates }) =>
    [passage, ...duplicates].map(({ paragraph }) => paragraph.file),
  );
  const grades = [...new Set(documents)].map((id) => query.relevant.get(id) ?? 0);
  const count = query.relevant.size;
  return {
    id: query.id,
    'ndcg@10': ndcg(grades, query.relevant.values(), 10),
    'recall@1': recall(grades, count, 1),
    'recall@5': recall(grades, count, 5),
    'recall@100': recall(grades, count, DEPTH),
    'mrr@10': reciprocalRank(grades, 10),
  };
}

async function timeSearch({ text }: BeirQuery, options: BeirOptions): Promise<number> {
  const { view, embedder, ranking, secondLook } = options;
  const started = performance.now();
  await search(text, { view, embedder, ranking, secondLook, limit: USUAL_LIMIT });
  return performance.now() - started;
}

async function answerQuery(query: BeirQuery, ask: Ask): Promise<Outcome> {
  const { id, text, relevant } = query;
  const answerable = query.answerable ?? (relevant.size > 0 ? true : null);
  const expected = {
    id,
    answerable,
    question: text,
    quote: null,
    answers: query.answers ?? [],
    kind: answerable === false ? 'unanswerable' : 'answerable',
  };
  const answer = await ask(text, { top: 10 });
  return judge(expected, answer, ({ article }) => relevant.has(article.file));
}
