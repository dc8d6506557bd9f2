import type { Db } from '../database.ts';
import { keyOf, packBlocks, unpackBlock } from './blocks.ts';
import type { Block, Entry } from './blocks.ts';
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

/** Passages after which the thread is let do other things: some 50 ms. */
const BREATH = 256;
/**
 * Ids in the stretch of a segment, at most: bounds the memory while it is collected, some 150 MB, and a
 * small change must not wait for large segments to be rewritten.
 */
const LARGEST_SPAN = 65_536;
/** Blocks packed after which the same: most of them are quick. */
const BLOCKS_A_BREATH = 256;
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
  /** What was added and is not written yet. */
  #draft: Draft | null = null;

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

  /** The highest passage id that was added. */
  get through(): number {
    return this.#draft?.last ?? this.#segments.all().at(-1)?.last ?? 0;
  }

  /**
   * Adds passages, ids ascending and all above `through`. They are written when there are enough for
   * a segment, the last by `finish`.
   * @param onBreath - called now and then; what it throws ends the run
   */
  async add(passages: Iterable<PassageWords>, onBreath: () => void): Promise<void> {
    for (const passage of passages) {
      if (passage.id - (this.#draft?.first ?? passage.id) >= LARGEST_SPAN) await this.finish();
      this.#draft ??= new Draft(this.through + 1);
      this.#draft.add(passage);
      if (this.#draft.size % BREATH > 0) continue;
      onBreath();
      await breathe();
    }
  }

  /** Writes and commits what was added. */
  async finish(): Promise<void> {
    const draft = this.#draft;
    if (draft === null) return;
    const blocks: Block[] = [];
    for (const block of packBlocks(draft.entries())) {
      blocks.push(block);
      if (blocks.length % BLOCKS_A_BREATH === 0) await breathe();
    }
    const segment = { ...draft.stretch, lengths: draft.lengths() };
    this.#db.transaction(() => this.#write(segment, blocks)).immediate();
    this.#draft = null;
    this.#mergeSmall();
  }

  /** Rewrites segments that are mostly words of passages that are gone. */
  removeGone(): void {
    for (const segment of this.#segments.all()) {
      const existing = this.#existing.all(segment.first, segment.last).length;
      if (existing < (segment.last - segment.first + 1) * LEAST_ALIVE) this.#replace([segment]);
    }
  }

  #write({ first, last, passages, lengths }: NewSegment, blocks: Iterable<Block>): void {
    const bytes = Buffer.from(lengths.buffer, lengths.byteOffset, lengths.byteLength);
    const { lastInsertRowid } = this.#insert.segment.run(first, last, passages, bytes);
    for (const block of blocks) {
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
          this.#write({ first, last, passages: existing.size, lengths }, packBlocks(merged));
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

function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
