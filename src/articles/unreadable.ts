import { YuanwenError } from '../errors.ts';

/** A file that gives no articles. The run goes on without it and names it with its reason. */
export class UnreadableFile extends YuanwenError {
  /** Path below the articles folder. */
  readonly file: string;
  /** Completes the sentence "FILE was left out: …": `it is empty`. */
  readonly reason: string;

  constructor(file: string, reason: string) {
    super('file-unreadable', `${file} was left out: ${reason}.`);
    this.name = 'UnreadableFile';
    this.file = file;
    this.reason = reason;
  }
}
