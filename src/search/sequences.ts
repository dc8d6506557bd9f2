/** Length of the longest common subsequence of two texts, in UTF-16 units. O(a × b). */
export function commonSubsequence(a: string, b: string): number {
  const row = new Uint16Array(a.length + 1);
  const units = Uint16Array.from(a, (unit) => unit.charCodeAt(0));
  for (let j = 0; j < b.length; j++) {
    const unit = b.charCodeAt(j);
    let diagonal = 0;
    let left = 0;
    for (let i = 1; i <= units.length; i++) {
      const above = row[i] ?? 0;
      left = units[i - 1] === unit ? diagonal + 1 : Math.max(above, left);
      row[i] = left;
      diagonal = above;
    }
  }
  return row[a.length] ?? 0;
}

/** Length of the longest common substring of two texts, in UTF-16 units. */
export function commonSubstring(a: string, b: string): number {
  let best = 0;
  for (let start = 0; start + best < a.length; start++) {
    while (start + best < a.length && b.includes(a.slice(start, start + best + 1))) best++;
  }
  return best;
}
