/** Most texts of a batch. */
const mostTexts = 64;

/** Most characters of a batch, padding counted: bounds the memory that attention takes. */
const mostCharacters = 8192;

/**
 * Indices of `texts` in batches of like length, so that little is spent on padding; longest first,
 * so that what needs most memory fails at once if it does.
 * @param maxLength - characters beyond this cost nothing: the model cuts them
 */
export function batchesOf(texts: readonly string[], maxLength: number): number[][] {
  const lengths = texts.map((text) => Math.min(text.length, maxLength));
  const length = (index: number): number => lengths[index] ?? 0;
  const order = texts.map((_, index) => index).sort((a, b) => length(b) - length(a));
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of order) {
    const padded = length(batch[0] ?? index) * (batch.length + 1);
    if (batch.length > 0 && (batch.length === mostTexts || padded > mostCharacters)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
