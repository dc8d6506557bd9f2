import { Composer } from 'telegraf';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import { fold } from '../../text/fold.ts';
import type { Answer, Turn } from '../../types.ts';
import { keepCitation } from '../citing.ts';
import type { BotContext } from '../context.ts';
import { deliver, replace } from '../deliver.ts';
import type { Place } from '../deliver.ts';
import { readMessage } from '../incoming.ts';
import type { Incoming } from '../incoming.ts';
import { renderAnswer } from '../messages/answer.ts';
import type { Message } from '../messages/message.ts';
import { messagesOf } from '../messages/message.ts';
import { join } from '../messages/styled.ts';
import { whileTyping } from '../typing.ts';

/** Citations in the message; those behind "more passages". */
const SHOWN = 3;
const KEPT = 8;

/** Questions: in private everything that is no command, in groups what is meant for the bot, and /ask. */
export const ask = new Composer<BotContext>();

ask.on('message', async (ctx, next) => {
  const incoming = readMessage(ctx.message, ctx.botInfo);
  const question = incoming === null ? null : questionIn(incoming);
  if (incoming === null || question === null) return await next();
  await answerQuestion(ctx, incoming, question);
});

ask.on('edited_message', async (ctx, next) => {
  const incoming = readMessage(ctx.editedMessage, ctx.botInfo);
  const question = incoming === null ? null : questionIn(incoming);
  if (incoming === null || !question) return await next();
  await answerAgain(ctx, incoming, question);
});

/** The question in a message that is meant for the bot; empty when it is missing, null when it is none. */
function questionIn({ isAddressed, command, text }: Incoming): string | null {
  if (command !== null) return command.name === 'ask' ? command.argument : null;
  return isAddressed && text !== '' ? text : null;
}

function placeOf({ chatId, threadId, isPrivate, messageId }: Incoming): Place {
  return { chatId, threadId, replyTo: isPrivate ? undefined : messageId };
}

export async function answerQuestion(
  ctx: BotContext,
  incoming: Incoming,
  question: string,
): Promise<void> {
  const place = placeOf(incoming);
  const excuse = unanswerable(ctx, question);
  if (excuse !== null) {
    await deliver(ctx, place, excuse);
    return;
  }
  const { key, messages } = await composeAnswer(ctx, incoming, question);
  const sent = await deliver(ctx, place, messages);
  ctx.desk.chats.answers.setSent(key, sent);
}

/** An edited question: its answer is edited in place, and grows or shrinks as it needs. */
async function answerAgain(ctx: BotContext, incoming: Incoming, question: string): Promise<void> {
  const { answers } = ctx.desk.chats;
  const before = answers.findByMessage(incoming.chatId, incoming.messageId);
  if (before === null || before.question === question) return;
  const { key, messages } = await composeAnswer(ctx, incoming, question);
  const ids = [...before.sent];
  const kept = messages.slice(0, ids.length);
  for (const [index, message] of kept.entries()) {
    await replace(ctx, { chatId: incoming.chatId, messageId: ids[index] ?? 0 }, message);
  }
  for (const surplus of ids.splice(messages.length)) {
    await ctx.telegram.deleteMessage(incoming.chatId, surplus);
  }
  const added = await deliver(ctx, placeOf(incoming), messages.slice(kept.length));
  answers.setSent(key, [...ids, ...added]);
}

function unanswerable(ctx: BotContext, question: string): Message[] | null {
  const { limits, library } = ctx.desk;
  const say = (text: string): Message[] => messagesOf(join([text]));
  if (question === '') return say(ctx.words('ask-what'));
  if (question.length > limits.questionLength) {
    return say(ctx.words('question-too-long', { limit: limits.questionLength }));
  }
  return library.view() === null ? say(ctx.words('nothing-indexed')) : null;
}

async function composeAnswer(
  ctx: BotContext,
  incoming: Incoming,
  question: string,
): Promise<{ key: string; messages: Message[] }> {
  const { desk, language } = ctx;
  const { conversations } = desk.chats;
  const { chatId, userId } = incoming;
  const since = Date.now() - desk.settings.conversationHours * 3_600_000;
  const history = conversations.recent(chatId, userId, since);
  const answer = await whileTyping(
    ctx,
    placeOf(incoming),
    async () => await desk.ask(question, { history, language, top: KEPT }),
  );
  return desk.chats.transaction(() => {
    const kept = keepAnswer(ctx, incoming, answer);
    conversations.add(chatId, userId, turnOf(answer));
    return kept;
  });
}

function keepAnswer(ctx: BotContext, incoming: Incoming, answer: Answer) {
  const { desk, isAdmin, speech } = ctx;
  const keep = (citation: Answer['citations'][number]): KeptCitation =>
    keepCitation(citation, desk);
  const cited = answer.citations.map(keep);
  const nearest = answer.nearest.map(keep);
  const citations = cited.slice(0, SHOWN);
  const more = cited.slice(SHOWN);
  const keys = (list: readonly KeptCitation[]): string[] => list.map((citation) => citation.key);
  const key = desk.chats.answers.record({
    chatId: incoming.chatId,
    userId: incoming.userId,
    messageId: incoming.messageId,
    question: answer.question,
    topic: fold(answer.resolved).replaceAll(/[\s\p{P}]+/gu, ''),
    quote: answer.citations[0]?.quote ?? null,
    shown: keys(answer.answered ? citations : nearest),
    more: keys(more),
  });
  const forAdmin = isAdmin && incoming.isPrivate;
  const hasMore = more.length > 0;
  const messages = renderAnswer({ key, citations, nearest, hasMore, forAdmin }, speech);
  return { key, messages };
}

function turnOf(answer: Answer): Turn {
  return {
    question: answer.question,
    resolved: answer.resolved,
    titles: answer.citations.map(({ article }) => article.title),
    quote: answer.citations[0]?.quote ?? '',
  };
}
