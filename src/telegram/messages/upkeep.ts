import type { OpenQuestion } from '../../library/chats/answers.ts';
import type { LibraryView } from '../../ports.ts';
import type { Message } from './message.ts';
import { messagesOf } from './message.ts';
import type { Words } from '../words.ts';
import { bold, join, toHtml } from './styled.ts';

/** How the bot is doing. */
export interface Status {
  readonly view: LibraryView | null;
  readonly model: string | undefined;
  readonly uptimeSeconds: number;
  /** Resident memory of the process. */
  readonly memoryBytes: number;
  /** Updates waiting or under way. */
  readonly queue: number;
  readonly questions: number;
  readonly tooFast: number;
  readonly isIndexing: boolean;
  /** People and groups that blocked or removed the bot. */
  readonly blocked: number;
  /** The last errors, newest first, in the words of the log. */
  readonly errors: readonly { readonly at: string; readonly message: string }[];
}

export function renderStatus(status: Status, words: Words): Message {
  const { view, model, errors } = status;
  const fingerprint = view?.fingerprint.slice(0, 8) ?? '';
  const lines = [
    view === null
      ? words('status-no-library')
      : words('status-library', {
          articles: view.articleCount,
          passages: view.passageCount,
          generation: String(view.generation),
        }),
    ...(view === null ? [] : [words('status-model', { model: model ?? '', fingerprint })]),
    ...(status.isIndexing ? [words('status-indexing')] : []),
    words('status-process', {
      hours: Math.floor(status.uptimeSeconds / 3600),
      minutes: Math.floor((status.uptimeSeconds % 3600) / 60),
      megabytes: Math.round(status.memoryBytes / 1024 / 1024),
    }),
    words('status-work', {
      questions: status.questions,
      queue: status.queue,
      toofast: status.tooFast,
    }),
    words('status-blocked', { count: status.blocked }),
    errors.length === 0
      ? words('status-no-errors')
      : [words('status-errors'), ...errors.map(({ at, message }) => `· ${at} ${message}`)].join(
          '\n',
        ),
  ];
  return { html: toHtml(join([bold(words('status')), ...lines], '\n')), buttons: [] };
}

/** The questions that went worst, with how often. */
export function renderUnanswered(questions: readonly OpenQuestion[], words: Words): Message[] {
  if (questions.length === 0) return messagesOf(join([words('unanswered-none')]));
  const lines = questions.map(({ question, refused, disliked }, index) =>
    join([
      `${index + 1}. `,
      bold(question),
      `\n${words('unanswered-counts', { refused, disliked })}`,
    ]),
  );
  return messagesOf(join([words('unanswered'), ...lines], '\n\n'));
}
