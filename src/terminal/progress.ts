import { SingleBar } from 'cli-progress';
import type { DownloadProgress } from '../embedding/hub.ts';
import type { IndexPhase } from '../indexing/options.ts';
import type { Surroundings } from '../commands/command.ts';

const PHASES: Readonly<Record<IndexPhase, string>> = {
  read: 'Reading articles',
  embed: 'Embedding passages',
  examine: 'Asking the golden questions',
  finish: 'Finishing the index',
};

/** Progress on stderr: a bar at a terminal, else a line as each phase begins. */
export class Progress {
  readonly #stderr: Surroundings['stderr'];
  #bar: SingleBar | null = null;
  #label = '';

  constructor(stderr: Surroundings['stderr']) {
    this.#stderr = stderr;
  }

  indexing(phase: IndexPhase, done: number, total: number): void {
    if (total > 0) this.#show(PHASES[phase], done, total);
  }

  downloading({ model, file, loaded, total }: DownloadProgress): void {
    this.#show(
      `Downloading ${model} ${file} (kB)`,
      Math.ceil(loaded / 1024),
      Math.ceil((total ?? loaded) / 1024),
    );
  }

  /** @param label - what is being done: "Asking questions" */
  doing(label: string, done: number, total: number): void {
    if (total > 0) this.#show(label, done, total);
  }

  /** Takes the bar away; to be called before anything else is written. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = null;
    this.#label = '';
  }

  #show(label: string, done: number, total: number): void {
    const isNew = label !== this.#label;
    if (isNew) this.stop();
    this.#label = label;
    if (this.#stderr.isTTY !== true) {
      if (isNew) this.#stderr.write(`${label} …\n`);
      return;
    }
    if (this.#bar === null) {
      const format = `${label} {bar} {value}/{total} · {eta_formatted}`;
      this.#bar = new SingleBar({
        format,
        stream: this.#stderr,
        hideCursor: true,
        barsize: 24,
        clearOnComplete: true,
      });
      this.#bar.start(total, done);
    } else {
      this.#bar.setTotal(total);
      this.#bar.update(done);
    }
  }
}
