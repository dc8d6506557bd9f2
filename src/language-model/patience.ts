import { failure } from './failure.ts';

export interface TimeLimits {
  /** From the request to the first word, in milliseconds. */
  readonly firstWord: number;
  /** From the request to the last word, repeated attempts included, in milliseconds. */
  readonly whole: number;
}

/** How long a request may take. `signal` fires when a limit has passed or the caller gives up. */
export class Patience {
  readonly signal: AbortSignal;
  readonly #model: string;
  readonly #limits: TimeLimits;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #wholeTimer: NodeJS.Timeout;
  #firstTimer: NodeJS.Timeout | undefined;

  /** @param caller - aborted with a `TimeoutError` when the caller's time is up */
  constructor(model: string, limits: TimeLimits, caller?: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#model = model;
    this.#limits = limits;
    this.#caller = caller;
    this.#wholeTimer = setTimeout(
      () => this.#tooSlow('has not finished', limits.whole),
      limits.whole,
    );
    caller?.addEventListener('abort', this.#cancel);
    if (caller?.aborted === true) this.#cancel();
  }

  /** A request goes out: the first word is waited for. */
  begin(): void {
    clearTimeout(this.#firstTimer);
    const { firstWord } = this.#limits;
    this.#firstTimer = setTimeout(() => this.#tooSlow('has not begun', firstWord), firstWord);
  }

  /** The first word has come. */
  heard(): void {
    clearTimeout(this.#firstTimer);
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.#firstTimer);
    clearTimeout(this.#wholeTimer);
    this.#caller?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => {
    const reason: unknown = this.#caller?.reason;
    if (reason instanceof DOMException && reason.name === 'TimeoutError') {
      this.#tooSlow('has not finished', this.#limits.whole);
    } else {
      this.#controller.abort(failure('language-model-cancelled', 'The question was withdrawn'));
    }
  };

  #tooSlow(what: string, limit: number): void {
    const sentence = `The language model ${this.#model} ${what} after ${limit / 1000} s; raise LLM_TIMEOUT_S or choose a faster one`;
    this.#controller.abort(failure('language-model-slow', sentence));
  }
}
