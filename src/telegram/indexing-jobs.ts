import type { IndexPhase, IndexResult } from '../indexing/options.ts';
import type { IndexingDesk } from './ports.ts';

export interface Progress {
  readonly phase: IndexPhase;
  readonly done: number;
  readonly total: number;
}

/** An indexing under way. */
export interface IndexingJob {
  readonly result: Promise<IndexResult>;
  readonly progress: Progress | null;
  cancel(): void;
}

/** At most one indexing at a time: who asks while one runs joins it. */
export class IndexingJobs {
  private readonly desk: IndexingDesk;
  private running: IndexingJob | null = null;

  constructor(desk: IndexingDesk) {
    this.desk = desk;
  }

  get current(): IndexingJob | null {
    return this.running;
  }

  /** Cancels what is under way and waits until it has ended; what was done so far is kept. */
  async stop(): Promise<void> {
    this.running?.cancel();
    await this.running?.result.catch(() => undefined);
  }

  begin(options: { readonly full?: boolean; readonly allowRemovals?: boolean }): IndexingJob {
    if (this.running !== null) return this.running;
    const controller = new AbortController();
    let progress: Progress | null = null;
    const onProgress = (phase: IndexPhase, done: number, total: number): void => {
      progress = { phase, done, total };
    };
    const result = this.desk
      .run({ ...options, signal: controller.signal }, { onProgress })
      .finally(() => {
        this.running = null;
      });
    this.running = {
      result,
      get progress() {
        return progress;
      },
      cancel: () => controller.abort(),
    };
    return this.running;
  }
}
