/** Questions with the paragraph that answers, among paragraphs that do not: to learn ranking from. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Document } from '../../src/evaluation/corpus-library.ts';
import { seeded, shuffled } from './fit.ts';
import { readExamples } from './reading.ts';

export interface RankingQuestion {
  readonly text: string;
  /** Id of the document that answers. */
  readonly document: string;
}

export interface RankingData {
  readonly documents: readonly Document[];
  readonly questions: readonly RankingQuestion[];
}

const NEWS_ARTICLES = 1_500;
/** About the length of a newspaper's paragraph. */
const NEWS_PIECE = 250;

/**
 * Every paragraph of the reading-comprehension data, half of them with their article's title, and
 * pieces of news articles as distractors.
 * @param everyNth - takes one question in so many
 */
export function readRankingData(folder: string, everyNth: number): RankingData {
  const examples = readExamples(folder);
  const random = seeded(8);
  const titled = new Map<string, boolean>();
  const documents = new Map<string, Document>();
  for (const { article, paragraph } of examples) {
    if (!titled.has(article)) titled.set(article, random() < 0.5);
    if (documents.has(paragraph)) continue;
    const title = titled.get(article) === true ? article : '';
    documents.set(paragraph, { id: `reading-${documents.size}`, title, text: paragraph });
  }
  const questions = examples.map(({ question, paragraph }) => ({
    text: question,
    document: documents.get(paragraph)?.id ?? '',
  }));
  return {
    documents: [...documents.values(), ...newsPieces(folder)],
    questions: questions.filter((_, index) => index % everyNth === 0),
  };
}

function newsPieces(folder: string): Document[] {
  const packed = readFileSync(`${folder}/crud_news_63k.jsonl.gz`);
  const lines = gunzipSync(packed).toString('utf8').split('\n');
  const articles = shuffled(lines.filter(Boolean), seeded(9)).slice(0, NEWS_ARTICLES);
  return articles.flatMap((line, number) => {
    const { text }: { readonly text: string } = JSON.parse(line);
    return piecesOf(text).map((piece, part) => ({
      id: `news-${number}-${part}`,
      title: '',
      text: piece,
    }));
  });
}

/** Whole sentences, together at least `NEWS_PIECE` characters where there are so many. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const stop = text.indexOf('。', start + NEWS_PIECE);
    const end = stop < 0 ? text.length : stop + 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
