import type { Difference } from '../indexing/difference.ts';
import type { IndexResult } from '../indexing/options.ts';

/** Longer lists of titles are cut here. */
const TITLES_SHOWN = 20;

/** What changed, by title: added, changed, removed, renamed. Empty when nothing did. */
export function differenceLines({ added, changed, removed, renamed }: Difference): string[] {
  return [
    ...listed(
      'Added',
      added.map(({ title, file }) => `${title} (${file})`),
    ),
    ...listed(
      'Changed',
      changed.map(({ title, file }) => `${title} (${file})`),
    ),
    ...listed(
      'Removed',
      removed.map(({ title, file }) => `${title} (${file})`),
    ),
    ...listed(
      'Renamed',
      renamed.map(({ from, to }) => `${from} → ${to}`),
    ),
  ];
}

/** The files that can't be read, each with its reason. */
export function unreadableLines(unreadable: IndexResult['unreadable']): string[] {
  return listed(
    "Can't be read",
    unreadable.map(({ file, reason }) => `${file}: ${reason}`),
  );
}

/** What the library holds now, in one line. */
export function resultLine(result: IndexResult): string {
  const { generation, articles, passages, embedded, seconds } = result;
  return `Generation ${generation}: ${articles} articles, ${passages} passages, ${embedded} of them embedded now, ${seconds} seconds.`;
}

function listed(label: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, TITLES_SHOWN).map((entry) => `  ${entry}`);
  const more = entries.length - shown.length;
  return [`${label}: ${entries.length}`, ...shown, ...(more > 0 ? [`  … and ${more} more`] : [])];
}
