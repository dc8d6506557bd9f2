import { open } from 'node:fs/promises';

/**
 * Makes what SQLite has written survive a power cut, off the calling thread. In WAL mode a commit is
 * safe once the log is on the disk; with `synchronous = NORMAL` SQLite leaves that to us, because it
 * would hold up every answer for the milliseconds that a disk takes. A killed process loses nothing
 * either way.
 */
export class Disk {
  private readonly log: string | null;
  private running: Promise<void> | null = null;
  private next: Promise<void> | null = null;

  /** @param file - the database; `:memory:` has no log */
  constructor(file: string) {
    this.log = file === ':memory:' ? null : `${file}-wal`;
  }

  /** Resolves when everything written before the call is on the disk. Calls at once share the work. */
  async flush(): Promise<void> {
    if (this.running === null) return await this.begin();
    // The one under way may have missed the latest writes.
    this.next ??= this.after(this.running);
    await this.next;
  }

  private async after(running: Promise<void>): Promise<void> {
    await running.catch(() => undefined);
    this.next = null;
    await this.begin();
  }

  private async begin(): Promise<void> {
    this.running = this.sync().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async sync(): Promise<void> {
    if (this.log === null) return;
    const handle = await open(this.log, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
}
