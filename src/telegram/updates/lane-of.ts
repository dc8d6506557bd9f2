import type { RawUpdate } from '../../library/chats/inbox.ts';

/** Kinds of updates the bot asks for; everything else would only be thrown away. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const;

/**
 * Which updates must be handled in order. A chat's messages are one lane. Presses of buttons have
 * their own, a person and chat each, because they are answered at once, also while an answer to the
 * same chat is under way; inline questions have one a person.
 */
export function laneOf(update: RawUpdate): string {
  const { kind, content } = contentOf(update);
  const person = idOf(content, 'from');
  if (kind === 'callback_query') {
    return `press ${idOf(fieldOf(content, 'message'), 'chat')} ${person}`;
  }
  const chat = idOf(content, 'chat');
  if (chat !== undefined) return `chat ${chat}`;
  return `${kind} ${person ?? ''}`;
}

/** What an update is, and whom it concerns: the chat, or the person where there is none. */
export function concernOf(update: RawUpdate): { kind: string; whom: string } {
  const { kind, content } = contentOf(update);
  const chat = idOf(fieldOf(content, 'message') ?? content, 'chat');
  return { kind, whom: chat ?? idOf(content, 'from') ?? '' };
}

function contentOf(update: RawUpdate): { kind: string; content: unknown } {
  const [kind = 'unknown', content] =
    Object.entries(update).find(([key]) => key !== 'update_id') ?? [];
  return { kind, content };
}

function idOf(value: unknown, name: string): string | undefined {
  const id = fieldOf(fieldOf(value, name), 'id');
  return typeof id === 'number' ? String(id) : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
