import type { Db } from '../database.ts';
import { keyOf, packBlocks, unpackBlock } from './blocks.ts';
import type { Entry } from './blocks.ts';
import { Draft } from './draft.ts';
import type { PassageWords } from './draft.ts';
import { lengthsOf } from './lengths.ts';
import { mergeEntries } from './merge.ts';

/** A stretch of passage ids whose words were written together. */
interface Segment {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

interface NewSegment extends Omit<Segment, 'id'> {
  /** How many passages it has words of. */
  readonly passages: number;
  /** How many terms each has, from the first id to the last. */
  readonly lengths: Uint16Array;
}

/** Passages in a segment as it is first written; bounds the memory that takes. */
const SEGMENT_SIZE = 16_384;
/** Passages after which the thread is let do other things: some 50 ms. */
const BREATH = 256;
/** Segments are not merged beyond this many ids: a small change must not wait for large files to be rewritten. */
const LARGEST_SPAN = 65_536;
/** A segment with a smaller share of passages that still exist is rewritten without the others. */
const LEAST_ALIVE = 0.5;

/**
 * Writes the word index: for each stretch of passage ids a row of `segment`, its terms in `term_block`.
 * Segments are never changed, only replaced: small neighbours are merged, so that there are never
 * many. What was removed from the library stays in a segment until that.
 */
export class SegmentWriter {
  readonly #db: Db;
  readonly #insert;
  readonly #remove;
  readonly #segments;
  readonly #lengths;
  readonly #blocks;
  readonly #existing;

  constructor(db: Db) {
    this.#db = db;
    this.#insert = {
      segment: db.prepare(
        'INSERT INTO segment (first, last, passages, lengths) VALUES (?, ?, ?, ?)',
      ),
      block: db.prepare('INSERT INTO term_block (segment, first, bytes) VALUES (?, ?, ?)'),
    };
    this.#remove = db.prepare('DELETE FROM segment WHERE id = ?');
    this.#segments = db.prepare<[], Segment>('SELECT id, first, last FROM segment ORDER BY first');
    this.#lengths = db
      .prepare<[number], Buffer>('SELECT lengths FROM segment WHERE id = ?')
      .pluck();
    this.#blocks = {
      ids: db
        .prepare<[number], number>('SELECT id FROM term_block WHERE segment = ? ORDER BY first')
        .pluck(),
      bytes: db.prepare<[number], Buffer>('SELECT bytes FROM term_block WHERE id = ?').pluck(),
    };
    this.#existing = db
      .prepare<[number, number], number>('SELECT id FROM passage WHERE id BETWEEN ? AND ?')
      .pluck();
  }

  /** The highest passage id whose words are in the index. */
  get through(): number {
    return this.#segments.all().at(-1)?.last ?? 0;
  }

  /**
   * Adds passages, ids ascending and all above `through`. Each segment is committed.
   * @param onSegment - called after each; what it throws ends the run
   */
  async add(passages: Iterable<PassageWords>, onSegment: () => void): Promise<void> {
    let draft = new Draft(this.through + 1);
    const write = async (): Promise<void> => {
      this.#db.transaction(() => this.#write(draft)).immediate();
      this.#mergeSmall();
      draft = new Draft(draft.last + 1);
      onSegment();
      await new Promise(setImmediate);
    };
    for (const passage of passages) {
      draft.add(passage);
      if (draft.size === SEGMENT_SIZE) await write();
      else if (draft.size % BREATH === 0) await new Promise(setImmediate);
    }
    if (draft.size > 0) await write();
  }

  /** Rewrites segments that are mostly words of passages that are gone. */
  removeGone(): void {
    for (const segment of this.#segments.all()) {
      const existing = this.#existing.all(segment.first, segment.last).length;
      if (existing < (segment.last - segment.first + 1) * LEAST_ALIVE) this.#replace([segment]);
    }
  }

  #write(draft: Draft): void {
    this.#writeSegment({ ...draft.stretch, lengths: draft.lengths() }, draft.entries());
  }

  #writeSegment({ first, last, passages, lengths }: NewSegment, entries: Iterable<Entry>): void {
    const bytes = Buffer.from(lengths.buffer, lengths.byteOffset, lengths.byteLength);
    const { lastInsertRowid } = this.#insert.segment.run(first, last, passages, bytes);
    for (const block of packBlocks(entries)) {
      this.#insert.block.run(lastInsertRowid, keyOf(block.first), block.bytes);
    }
  }

  /** Merges the last two segments while the earlier is not more than twice as large: so few are left, and each passage is rewritten seldom. */
  #mergeSmall(): void {
    for (;;) {
      const [earlier, later] = this.#segments.all().slice(-2);
      if (earlier === undefined || later === undefined) return;
      const isMuchLarger = earlier.last - earlier.first > 2 * (later.last - later.first);
      if (isMuchLarger || later.last - earlier.first >= LARGEST_SPAN) return;
      this.#replace([earlier, later]);
    }
  }

  /** Puts one segment, without what is gone, in the place of neighbours. */
  #replace(segments: readonly [Segment, ...Segment[]]): void {
    const [{ first }] = segments;
    const last = segments.at(-1)?.last ?? first;
    this.#db
      .transaction(() => {
        const existing = new Set(this.#existing.all(first, last));
        if (existing.size > 0) {
          const lengths = new Uint16Array(last - first + 1);
          for (const each of segments) {
            lengths.set(lengthsOf(this.#lengths.get(each.id)), each.first - first);
          }
          const entries = segments.map(({ id }) => this.#entries(id));
          const merged = mergeEntries(entries, (id) => existing.has(id));
          this.#writeSegment({ first, last, passages: existing.size, lengths }, merged);
        }
        for (const { id } of segments) this.#remove.run(id);
      })
      .immediate();
  }

  *#entries(segment: number): Generator<Entry> {
    for (const id of this.#blocks.ids.all(segment)) {
      const bytes = this.#blocks.bytes.get(id);
      if (bytes !== undefined) yield* unpackBlock(bytes);
    }
  }
}
