import type { Entry } from './blocks.ts';
import { PostingWriter, readPostings } from './postings.ts';

/**
 * The entries of several segments as those of one.
 * @param sources - sorted by term; every passage of one comes before every passage of the next
 * @param keep - whether a passage's postings are kept
 */
export function* mergeEntries(
  sources: ReadonlyArray<Iterator<Entry>>,
  keep: (passage: number) => boolean,
): Generator<Entry> {
  const postings = new PostingWriter();
  const heads = sources.map((source) => source.next());
  for (;;) {
    const term = lowestTerm(heads);
    if (term === null) return;
    heads.forEach((head, i) => {
      if (head.done === true || head.value[0] !== term) return;
      readPostings(head.value[1].bytes, (passage, body, headCount) => {
        if (keep(passage)) postings.add(passage, body, headCount);
      });
      heads[i] = sources[i]?.next() ?? head;
    });
    const merged = postings.finish();
    if (merged.count > 0) yield [term, merged];
  }
}

function lowestTerm(heads: ReadonlyArray<IteratorResult<Entry, unknown>>): string | null {
  let lowest: string | null = null;
  for (const head of heads) {
    if (head.done !== true && (lowest === null || head.value[0] < lowest)) lowest = head.value[0];
  }
  return lowest;
}
