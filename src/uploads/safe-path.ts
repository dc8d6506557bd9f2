/** Names of files that come from outside → names that are safe to write, on any system. Pure. */

/** Bytes of a name; most file systems end at 255, and a number may have to fit behind it. */
const MAX_NAME_BYTES = 200;
/** Folders of an archive; deeper ones are a trick or a mistake. */
const MAX_DEPTH = 8;
const ARTICLE_FILE = /\.(?:txt|md|markdown)$/i;
// Control and bidirectional characters, and what Windows, macOS or shells take for something else.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"/\\|?*]/gu;
/** Dots and spaces that hide a name or that Windows drops. */
const EDGES = { start: /^[. ]+/, end: /[. ]+$/ };
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** True for names of files that hold articles. */
export function isArticleFile(name: string): boolean {
  return ARTICLE_FILE.test(name);
}

/**
 * One safe name: no folders in it, not hidden, not reserved, not too long; the ending stays.
 * @param fallback - what a name is called of which nothing is left
 */
export function safeName(name: string, fallback = 'article'): string {
  const cleaned = name
    .normalize('NFC')
    .replaceAll(UNSAFE, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(EDGES.end, '');
  const ending = ARTICLE_FILE.exec(cleaned)?.[0] ?? '';
  const stem = cleaned.slice(0, cleaned.length - ending.length).replace(EDGES.start, '');
  const named = stem.replace(EDGES.end, '') || fallback;
  return (
    shortened(RESERVED.test(named) ? `_${named}` : named, MAX_NAME_BYTES) + ending.toLowerCase()
  );
}

function shortened(text: string, bytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > bytes) cut = cut.slice(0, -1);
  // A cut through a character leaves half of it.
  return cut === text ? text : cut.replace(/[\ud800-\udbff]$/, '').replace(EDGES.end, '');
}

/**
 * A safe path below a folder for an entry of an archive.
 * @returns null when the path wants to leave the folder
 */
export function safePath(entry: string): string | null {
  const parts = entry.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const leaves = /^(?:[/\\]|[A-Za-z]:)/.test(entry) || parts.includes('..');
  if (leaves || parts.length === 0 || parts.length > MAX_DEPTH) return null;
  return parts.map((part) => safeName(part)).join('/');
}
