/** Length of the longest common subsequence of two texts, in UTF-16 units. O(a × b). */
export function commonSubsequence(a: string, b: string): number {
  const units = new Uint16Array(a.length);
  for (let i = 0; i < a.length; i++) units[i] = a.charCodeAt(i);
  const row = new Uint16Array(a.length);
  for (let j = 0; j < b.length; j++) {
    const unit = b.charCodeAt(j);
    let diagonal = 0;
    let left = 0;
    for (let i = 0; i < units.length; i++) {
      const above = row[i] ?? 0;
      if (units[i] === unit) left = diagonal + 1;
      else if (above > left) left = above;
      row[i] = left;
      diagonal = above;
    }
  }
  return row.at(-1) ?? 0;
}

/** Length of the longest common substring of two texts, in UTF-16 units. */
export function commonSubstring(a: string, b: string): number {
  let best = 0;
  for (let start = 0; start + best < a.length; start++) {
    while (start + best < a.length && b.includes(a.slice(start, start + best + 1))) best++;
  }
  return best;
}
