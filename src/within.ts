/**
 * Work that is aborted after so many milliseconds (then the reason is a `TimeoutError`), or with the
 * signal. Leaves nothing behind when it
 * is done, while `AbortSignal.any` grows with every call on a signal that lives as long as the process.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const late = (): void => controller.abort(new DOMException('too late', 'TimeoutError'));
  const timer = setTimeout(late, ms);
  signal?.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
