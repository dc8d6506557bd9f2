import { isObject } from './schema.ts';
import type { Room, ShownMessage } from './rooms.ts';

/**
 * A chat as a person scrolling through it sees it now: edits done, deleted messages gone; and between
 * the messages, which buttons were pressed and what showed for a moment.
 */
export function transcriptOf(room: Room): string {
  const lines = room.messages.flatMap((message, index) => [
    ...(message.deleted ? [] : [linesOf(message)]),
    ...pressesAt(room, index + 1),
  ]);
  return lines.join('\n');
}

function pressesAt(room: Room, position: number): string[] {
  return room.presses
    .filter((press) => press.position === position)
    .map(({ by, words, shown }) => {
      const flash = shown() === '' ? '' : ` (${shown()})`;
      return `${by.first_name} → [${words}]${flash}`;
    });
}

function linesOf(message: ShownMessage): string {
  const topic = message.threadId === undefined ? '' : ` [${topicName(message)}]`;
  const edited = message.edits > 0 ? ' (edited)' : '';
  const reply = message.replyTo === undefined ? '' : `\n  ┌ ${excerpt(message.replyTo.text)}`;
  const body = [
    contentOf(message),
    ...message.rows.map((row) => row.map(({ text }) => `[${text}]`).join(' ')),
  ];
  const indented = body
    .join('\n')
    .split('\n')
    .map((line) => `  ${line}`);
  return `${nameOf(message)}${topic}${edited}:${reply}\n${indented.join('\n')}`;
}

function topicName({ room, threadId }: ShownMessage): string {
  return room.topics.get(threadId ?? 0)?.name ?? `thread ${threadId}`;
}

function nameOf(message: ShownMessage): string {
  const sender = message.extra['sender_chat'];
  if (isObject(sender)) return String(sender['title']);
  const via = message.extra['via_bot'];
  const name = message.from?.first_name ?? message.room.title;
  return isObject(via) ? `${name} via @${String(via['username'])}` : name;
}

function contentOf(message: ShownMessage): string {
  const kinds = Object.keys(message.content).filter((key) => !/text|entities|caption/u.test(key));
  const document = message.content['document'];
  const file = isObject(document) ? ` ${String(document['file_name'])}` : '';
  const medium = kinds.map((kind) => `<${kind}${file}>`).join(' ');
  return [medium, message.text].filter((part) => part !== '').join('\n');
}

function excerpt(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
