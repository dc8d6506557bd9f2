import { Composer } from 'telegraf';
import { answerKey } from '../../library/chats/answers.ts';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import { askedNothing } from '../../answers/small-talk.ts';
import type { Answer, Turn } from '../../types.ts';
import { keepCitations } from '../citing.ts';
import type { BotContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { replace } from '../sending.ts';
import { placeOf } from '../incoming.ts';
import type { Asked, Incoming } from '../incoming.ts';
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
  const question = questionIn(ctx.incoming);
  if (ctx.incoming === null || question === null) return await next();
  await answerQuestion(ctx, ctx.incoming, question);
});

ask.on('edited_message', async (ctx, next) => {
  const question = questionIn(ctx.incoming);
  if (ctx.incoming === null || question === null) return await next();
  await answerAgain(ctx, ctx.incoming, question);
});

/** The question in a message that is meant for the bot; empty when it is missing, null when it is none. */
function questionIn(incoming: Incoming | null): string | null {
  if (incoming === null) return null;
  const { command, text, isAddressed, mentions } = incoming;
  if (command !== null) return command.name === 'ask' ? command.argument : null;
  return isAddressed && (text !== '' || mentions) ? text : null;
}

/** Answers a question that a person asked by a message or by the press of a button. */
export async function answerQuestion(
  ctx: BotContext,
  asked: Asked,
  question: string,
): Promise<void> {
  const place = placeOf(asked);
  const verdict = await ctx.desk.fairness.question(asked.userId, asked.chatId);
  if (verdict === 'silent') return;
  const excuse = verdict === 'told' ? ctx.words('too-many-questions') : excuseFor(ctx, question);
  if (excuse !== null) {
    await deliver(ctx, place, messagesOf(join([excuse])));
    return;
  }
  const key = answerKey(ctx.update.update_id, asked.chatId);
  const messages = await composeAnswer(ctx, asked, { key, question });
  const sent = await deliver(ctx, place, messages);
  ctx.desk.chats.answers.setSent(key, sent);
}

/** An edited question: its answer is edited in place, and grows or shrinks as it needs. */
async function answerAgain(ctx: BotContext, asked: Asked, question: string): Promise<void> {
  const { chats, fairness } = ctx.desk;
  const before = chats.answers.findByMessage(asked.chatId, asked.messageId);
  if (before === null || before.question === question || excuseFor(ctx, question) !== null) return;
  if ((await fairness.question(asked.userId, asked.chatId)) !== 'go') return;
  const messages = await composeAnswer(ctx, asked, { key: before.key, question });
  const ids = [...before.sent];
  const kept = messages.slice(0, ids.length);
  for (const [index, message] of kept.entries()) {
    await replace(ctx.desk.telegram, { chatId: asked.chatId, messageId: ids[index] ?? 0 }, message);
  }
  for (const surplus of ids.splice(messages.length)) {
    await ctx.telegram.deleteMessage(asked.chatId, surplus);
  }
  const added = await deliver(ctx, placeOf(asked), messages.slice(kept.length));
  chats.answers.setSent(before.key, [...ids, ...added]);
}

/** Why this can't be answered, in words for the person; null when it may be. */
function excuseFor(ctx: BotContext, question: string): string | null {
  const { limits, library } = ctx.desk;
  if (question.length > limits.questionLength) {
    return ctx.words('question-too-long', { limit: limits.questionLength });
  }
  const nothing = askedNothing(question);
  if (nothing !== null) return ctx.words(nothing === 'no-question' ? 'small-talk' : 'ask-what');
  return library.view() === null ? ctx.words('nothing-indexed') : null;
}

async function composeAnswer(
  ctx: BotContext,
  asked: Asked,
  { key, question }: { readonly key: string; readonly question: string },
): Promise<Message[]> {
  const { desk, language } = ctx;
  const { conversations } = desk.chats;
  const { chatId, userId } = asked;
  const since = Date.now() - desk.settings.conversationHours * 3_600_000;
  const history = conversations.recent(chatId, userId, since);
  const started = performance.now();
  const answer = await whileTyping(
    ctx,
    placeOf(asked),
    async () => await desk.ask(question, { history, language, top: KEPT }),
  );
  const place = asked.isPrivate ? 'private' : 'group';
  desk.telemetry.answered(answer, place, (performance.now() - started) / 1_000);
  return desk.chats.transaction(() => {
    const kept = keepAnswer(ctx, asked, { key, answer });
    conversations.add(chatId, userId, turnOf(answer));
    return kept;
  });
}

function keepAnswer(
  ctx: BotContext,
  asked: Asked,
  { key, answer }: { readonly key: string; readonly answer: Answer },
): Message[] {
  const { desk, isAdmin, speech } = ctx;
  const cited = keepCitations(answer.citations, desk);
  const nearest = keepCitations(answer.nearest, desk);
  const citations = cited.slice(0, SHOWN);
  const more = cited.slice(SHOWN);
  const keys = (list: readonly KeptCitation[]): string[] => list.map((citation) => citation.key);
  desk.chats.answers.record({
    key,
    chatId: asked.chatId,
    userId: asked.userId,
    messageId: asked.messageId,
    question: answer.question,
    resolved: answer.resolved,
    answered: answer.answered,
    shown: keys(answer.answered ? citations : nearest),
    more: keys(more),
  });
  const forAdmin = isAdmin && asked.isPrivate;
  const hasMore = more.length > 0;
  const question = asked.byButton === true ? answer.question : null;
  return renderAnswer({ key, question, citations, nearest, hasMore, forAdmin }, speech);
}

function turnOf(answer: Answer): Turn {
  return {
    question: answer.question,
    resolved: answer.resolved,
    titles: answer.citations.map(({ article }) => article.title),
    quote: answer.citations[0]?.quote ?? '',
  };
}
