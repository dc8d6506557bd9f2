/**
 * A failure that a person can do something about. `message` is one clear sentence or two: what
 * happened, to which file or message, and what to do. Commands print it without a stack and exit with 1.
 */
export class YuanwenError extends Error {
  /** Stable and short: `articles-folder-missing`, `library-locked`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'YuanwenError';
    this.code = code;
  }
}
