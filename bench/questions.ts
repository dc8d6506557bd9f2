import type { App } from '../src/compose.ts';

/** Titles that questions are made of. */
const TITLES = 1000;

/** Asks about one article after the other. */
export function questionsFrom({ library }: App): () => string {
  const articles = library.view()?.articles({ limit: TITLES }) ?? [];
  if (articles.length === 0) throw new Error('nothing was indexed');
  let asked = 0;
  return () => `${articles[asked++ % articles.length]?.title ?? ''}是怎么回事？`;
}
