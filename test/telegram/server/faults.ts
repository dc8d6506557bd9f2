import { POLLED_TWICE, Refusal, tooManyRequests } from './refusal.ts';

/**
 * What goes wrong: an error of Telegram's, a gateway's HTML page (502), a connection closed before the
 * call is read (`drop`), after it was carried out and in the middle of the answer (`cut`), or an
 * answer that takes its time (`slow`).
 */
type FaultKind = 401 | 409 | 429 | 500 | 502 | 'drop' | 'cut' | 'slow';

export interface Fault {
  readonly with: FaultKind;
  /** How many calls are hit; 1 unless said otherwise. */
  readonly times?: number;
  /** Only this method, or these; any unless said otherwise. */
  readonly method?: string | readonly string[];
  /** For 429: seconds to wait; 1 unless said otherwise. */
  readonly retryAfter?: number;
  /** For `slow`: 500 unless said otherwise. */
  readonly milliseconds?: number;
}

/** Faults that are still to happen, oldest first. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  get left(): number {
    return this.#waiting.reduce((sum, { left }) => sum + left, 0);
  }

  /** The fault that hits this call, if any. */
  next(method: string): Fault | undefined {
    const hit = this.#waiting.find(({ fault }) => hits(fault, method));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return hit.fault;
  }
}

function hits({ method }: Fault, called: string): boolean {
  if (method === undefined) return true;
  return typeof method === 'string' ? method === called : method.includes(called);
}

/** The error that Telegram would send; null for faults of another kind. */
export function refusalOf(fault: Fault): Refusal | null {
  if (fault.with === 401) return new Refusal(401, 'Unauthorized');
  if (fault.with === 409) return new Refusal(409, POLLED_TWICE);
  if (fault.with === 429) return tooManyRequests(fault.retryAfter ?? 1);
  return fault.with === 500 ? new Refusal(500, 'Internal Server Error') : null;
}

/** What the gateway before the Bot API servers sends while they restart. */
export const gatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n';
