/** Of each UTF-16 unit, 1 + its row of masks; 0 for units that the text at hand lacks. Cleared after use. */
const rowOf = new Uint16Array(0x10000);

/**
 * Length of the longest common subsequence of two texts, in UTF-16 units. Hyyrö's bit-parallel form of
 * the usual table: a row of it is a number of 32 × `a.length / 32` bits, so that a unit of `b` costs a
 * few operations, and nothing when `a` does not have it.
 */
export function commonSubsequence(a: string, b: string): number {
  const words = Math.ceil(a.length / 32);
  const masks = new Uint32Array(words * a.length);
  markUnits(a, words, masks);
  // A bit is 0 where the row grows by one.
  const row = new Uint32Array(words).fill(0xffffffff);
  for (let j = 0; j < b.length; j++) {
    const mask = rowOf[b.charCodeAt(j)] ?? 0;
    if (mask > 0) nextRow(row, masks, (mask - 1) * words);
  }
  for (let i = 0; i < a.length; i++) rowOf[a.charCodeAt(i)] = 0;
  return growths(row, a.length);
}

/** Gives each different unit of `a` a row of masks, with a bit for each place where it stands. */
function markUnits(a: string, words: number, masks: Uint32Array): void {
  let rows = 0;
  for (let i = 0; i < a.length; i++) {
    const unit = a.charCodeAt(i);
    if (rowOf[unit] === 0) rowOf[unit] = ++rows;
    const at = ((rowOf[unit] ?? 0) - 1) * words + (i >>> 5);
    masks[at] = (masks[at] ?? 0) | (1 << (i & 31));
  }
}

function nextRow(row: Uint32Array, masks: Uint32Array, from: number): void {
  let carry = 0;
  for (let word = 0; word < row.length; word++) {
    const bits = row[word] ?? 0;
    const mask = masks[from + word] ?? 0;
    const sum = bits + ((bits & mask) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    row[word] = sum | (bits & ~mask);
  }
}

function growths(row: Uint32Array, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) count += (((row[i >>> 5] ?? 0) >>> (i & 31)) & 1) ^ 1;
  return count;
}

/** Length of the longest common substring of two texts, in UTF-16 units. */
export function commonSubstring(a: string, b: string): number {
  let best = 0;
  for (let start = 0; start + best < a.length; start++) {
    while (start + best < a.length && b.includes(a.slice(start, start + best + 1))) best++;
  }
  return best;
}
