import { inputHash } from './content.ts';
import type { Db } from './database.ts';
import { pack } from './vector-codec.ts';

/** An embedded text. */
export interface EmbeddedInput {
  readonly input: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

/** Stores one model's vectors; every text has at most one. */
export class VectorWriter {
  readonly #model: number;
  readonly #has;
  readonly #add: (batch: readonly EmbeddedInput[]) => void;

  constructor(db: Db, model: number) {
    this.#model = model;
    this.#has = db
      .prepare<[Buffer, number], number>(
        `SELECT 1 FROM input JOIN vector ON vector.input = input.id WHERE hash = ? AND vector.model = ?`,
      )
      .pluck();
    const insert = db.prepare(
      'INSERT OR IGNORE INTO vector (input, model, value) SELECT id, ?, ? FROM input WHERE hash = ?',
    );
    const addAll = db.transaction((batch: readonly EmbeddedInput[]) => {
      for (const { input, vector } of batch) insert.run(model, pack(vector), inputHash(input));
    });
    this.#add = (batch) => addAll.immediate(batch);
  }

  /** Whether this text was embedded before. */
  has(input: string): boolean {
    return this.#has.get(inputHash(input), this.#model) !== undefined;
  }

  /** Commits vectors of texts that the library's passages are embedded by. */
  add(batch: readonly EmbeddedInput[]): void {
    this.#add(batch);
  }
}
