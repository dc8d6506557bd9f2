import { YuanwenError } from '../errors.ts';

/** Stable codes for logs and metrics. */
export type FailureCode =
  | 'language-model-unreachable'
  | 'language-model-refused'
  | 'language-model-busy'
  | 'language-model-broken'
  | 'language-model-slow'
  | 'language-model-cancelled';

/** A language model that did not write. The person still gets the quoting answer; the operator reads this. */
export class LanguageModelFailure extends YuanwenError {
  /** Whether the same request may well succeed when it is sent again. */
  readonly isPassing: boolean;
  /** How long the server asks to wait before that, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    code: FailureCode,
    message: string,
    options: { readonly isPassing?: boolean; readonly retryAfter?: number | undefined } = {},
  ) {
    super(code, message);
    this.isPassing = options.isPassing ?? false;
    this.retryAfter = options.retryAfter;
  }
}

/** Every message names the model and says what to do. */
export function failure(
  code: FailureCode,
  what: string,
  options?: ConstructorParameters<typeof LanguageModelFailure>[2],
): LanguageModelFailure {
  return new LanguageModelFailure(code, `${what}. The answer was given in quotes alone.`, options);
}
