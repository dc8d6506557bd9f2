/** Written at once; further questions are answered by quotes alone, so that nobody waits behind them. */
const MOST_AT_ONCE = 16;

/**
 * The answers that a language model is writing, a lane each. Whatever comes next in the lane ends the
 * writing: the quotes stand, and the person gets on.
 */
export class Writings {
  private readonly running = new Map<string, AbortController>();
  /** Updates waiting or under way. */
  private readonly pending = new Map<string, number>();

  /** @param ending - aborted when the process stops */
  constructor(ending: AbortSignal) {
    ending.addEventListener('abort', () => {
      for (const writing of this.running.values()) writing.abort();
    });
  }

  /** An update has come in, though its turn may be later. */
  arrived(lane: string): void {
    this.pending.set(lane, (this.pending.get(lane) ?? 0) + 1);
    this.running.get(lane)?.abort();
  }

  /** An update is done with. */
  handled(lane: string): void {
    const left = (this.pending.get(lane) ?? 0) - 1;
    if (left > 0) this.pending.set(lane, left);
    else this.pending.delete(lane);
  }

  /** Has an answer written, with a signal that ends the writing; it may be aborted from the beginning. */
  async write<T>(lane: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const next = new AbortController();
    if ((this.pending.get(lane) ?? 0) > 1 || this.running.size >= MOST_AT_ONCE) next.abort();
    this.running.set(lane, next);
    try {
      return await work(next.signal);
    } finally {
      this.running.delete(lane);
    }
  }
}
