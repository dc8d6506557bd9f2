import { YuanwenError } from '../../errors.ts';
import type { Headline } from '../../indexing/difference.ts';
import type { IndexPreview, IndexResult } from '../../indexing/options.ts';
import type { Progress } from '../indexing-jobs.ts';
import type { Message } from './message.ts';
import { button, messagesOf, plainMessage } from './message.ts';
import type { Words } from '../words.ts';
import { bold, join, toHtml } from './styled.ts';
import type { Styled } from './styled.ts';

/** Titles listed of each kind; the rest is counted. */
const LISTED = 20;

const PHASES = {
  read: 'indexing-read',
  embed: 'indexing-embed',
  examine: 'indexing-examine',
  finish: 'indexing-finish',
} as const;

/** The one message that is edited while indexing goes on. */
export function renderProgress(progress: Progress | null, words: Words): Message {
  const text =
    progress === null
      ? words('indexing-begins')
      : words(PHASES[progress.phase], { done: progress.done, total: progress.total });
  return {
    html: toHtml(join([text])),
    buttons: [[button(words('cancel-indexing'), 'reindex-cancel')]],
  };
}

/** What indexing did. */
export function renderResult(result: IndexResult, words: Words): Message[] {
  const { difference, articles, passages, embedded, seconds } = result;
  const isSame = [
    difference.added,
    difference.changed,
    difference.removed,
    difference.renamed,
  ].every((list) => list.length === 0);
  const head = words(isSame ? 'indexed-nothing-new' : 'indexed', { articles, passages });
  const foot = words('indexed-effort', { embedded, seconds: Math.ceil(seconds) });
  return messagesOf(join([bold(head), ...differenceLines(result, words), foot], '\n\n'));
}

/** What indexing would do. */
export function renderPreview(preview: IndexPreview, words: Words): Message[] {
  const { toEmbed, seconds, losesTooMuch } = preview;
  const effort =
    seconds === null
      ? words('preview-effort', { passages: toEmbed })
      : words('preview-effort-seconds', { passages: toEmbed, seconds });
  const lines = differenceLines(preview, words);
  const body = lines.length > 0 ? lines : [join([words('preview-nothing')])];
  const warning = losesTooMuch ? [words('preview-loses-much')] : [];
  const text = join([bold(words('preview')), ...body, effort, ...warning], '\n\n');
  return messagesOf(text, [[button(words('reindex-now'), 'reindex')]]);
}

/** Why indexing did not end well, and what the admin can do. */
export function renderFailure(error: unknown, words: Words): Message {
  const isKnown = error instanceof YuanwenError;
  switch (isKnown ? error.code : '') {
    case 'removals-guard':
      return plainMessage(words('indexing-removals', { details: messageOf(error) }), [
        [button(words('confirm-removals'), 'reindex-removals')],
      ]);
    case 'golden-drop':
      return plainMessage(words('indexing-golden', { details: messageOf(error) }));
    case 'library-locked':
      return plainMessage(words('indexing-locked'));
    case 'no-previous-generation':
      return plainMessage(words('rollback-none'));
    case 'article-not-separable':
      return plainMessage(words('remove-not-separable'));
    case 'indexing-cancelled':
      return plainMessage(words('indexing-cancelled'));
    default:
      // Sentences for a person may be shown; anything else stays in the log.
      return plainMessage(
        words('indexing-failed', { details: isKnown ? error.message : words('see-log') }),
      );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function differenceLines(
  { difference, unreadable }: Pick<IndexPreview, 'difference' | 'unreadable'>,
  words: Words,
): Styled[] {
  const { added, changed, removed, renamed } = difference;
  const titles = (list: readonly Headline[]): string[] => list.map(({ title }) => title);
  return [
    group(words('added-articles', { count: added.length }), titles(added), words),
    group(words('changed-articles', { count: changed.length }), titles(changed), words),
    group(words('removed-articles', { count: removed.length }), titles(removed), words),
    group(
      words('renamed-files', { count: renamed.length }),
      renamed.map(({ from, to }) => `${from} → ${to}`),
      words,
    ),
    group(
      words('unreadable-files', { count: unreadable.length }),
      unreadable.map(({ file, reason }) => `${file}: ${reason}`),
      words,
    ),
  ].filter((lines) => lines !== null);
}

function group(head: string, entries: readonly string[], words: Words): Styled | null {
  if (entries.length === 0) return null;
  const listed = entries.slice(0, LISTED).map((entry) => `· ${entry}`);
  const rest = entries.length - listed.length;
  const more = rest > 0 ? [words('and-more', { count: rest })] : [];
  return join([bold(head), ...listed, ...more], '\n');
}
