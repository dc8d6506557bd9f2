import { Composer } from 'telegraf';
import { answerKey } from '../../library/chats/answers.ts';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import { askedNothing } from '../../answers/small-talk.ts';
import type { Answer, Turn, WritingReport } from '../../types.ts';
import { keepCitations } from '../citing.ts';
import type { BotContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { Draft } from '../draft.ts';
import { laneOf } from '../updates/lane-of.ts';
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
/** An edited message that had no answer is taken for a new question this long. */
const FRESH_SECONDS = 3_600;

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
  const draft = new Draft(ctx, place, asked.isPrivate);
  const messages = await composeAnswer(ctx, asked, { key, question, draft });
  await putInPlace(ctx, asked, { key, sent: draft.sent, messages });
}

/** An edited question: its answer is edited in place, and grows or shrinks as it needs. */
async function answerAgain(ctx: BotContext, asked: Asked, question: string): Promise<void> {
  const { chats, fairness } = ctx.desk;
  const before = chats.answers.findByMessage(asked.chatId, asked.messageId);
  if (before === null) {
    // What was no question before may be one now.
    if (isFresh(ctx.editedMessage)) await answerQuestion(ctx, asked, question);
    return;
  }
  if (before.question === question || excuseFor(ctx, question) !== null) return;
  if ((await fairness.question(asked.userId, asked.chatId)) !== 'go') return;
  const messages = await composeAnswer(ctx, asked, { key: before.key, question });
  await putInPlace(ctx, asked, { key: before.key, sent: before.sent, messages });
}

interface InPlace {
  readonly key: string;
  /** Messages that hold the answer so far. */
  readonly sent: readonly number[];
  readonly messages: readonly Message[];
}

/** Edits the messages that are there, takes away those that are too many and sends those that are missing. */
async function putInPlace(
  ctx: BotContext,
  asked: Asked,
  { key, sent, messages }: InPlace,
): Promise<void> {
  const { chats } = ctx.desk;
  const ids = [...sent];
  const kept = messages.slice(0, ids.length);
  for (const [index, message] of kept.entries()) {
    await replace(ctx.desk.telegram, { chatId: asked.chatId, messageId: ids[index] ?? 0 }, message);
  }
  for (const surplus of ids.splice(messages.length)) {
    await ctx.telegram.deleteMessage(asked.chatId, surplus);
  }
  const added = await deliver(ctx, placeOf(asked), messages.slice(kept.length));
  chats.answers.setSent(key, [...ids, ...added]);
}

/** Edited soon after it was written, not dug out. */
function isFresh(message: BotContext['editedMessage']): boolean {
  if (message === undefined) return false;
  const edited = 'edit_date' in message ? (message.edit_date ?? 0) : 0;
  return edited - message.date < FRESH_SECONDS;
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

interface ToCompose {
  readonly key: string;
  readonly question: string;
  /** Shows what a language model has written so far. */
  readonly draft?: Draft;
}

async function composeAnswer(
  ctx: BotContext,
  asked: Asked,
  { key, question, draft }: ToCompose,
): Promise<Message[]> {
  const { desk, language } = ctx;
  const { conversations } = desk.chats;
  const { chatId, userId } = asked;
  const since = Date.now() - desk.settings.conversationHours * 3_600_000;
  const history = conversations.recent(chatId, userId, since);
  const started = performance.now();
  const write = async (signal: AbortSignal): Promise<Answer> =>
    await (desk.askWriter ?? desk.ask)(question, {
      history,
      language,
      top: KEPT,
      person: String(userId),
      signal,
      onReport: (report) => noteWriting(ctx, report),
      onDraft: (answer) =>
        draft?.show(desk.chats.transaction(() => keepAnswer(ctx, asked, { key, answer }))),
    });
  const answer = await whileTyping(
    ctx,
    placeOf(asked),
    async () => await desk.writings.write(laneOf(ctx.update), write),
  );
  await draft?.close();
  const place = asked.isPrivate ? 'private' : 'group';
  desk.telemetry.answered(answer, place, (performance.now() - started) / 1_000);
  const messages = desk.chats.transaction(() => {
    conversations.add(chatId, userId, turnOf(answer));
    return keepAnswer(ctx, asked, { key, answer });
  });
  // What is cited must not be lost once it is sent.
  await desk.chats.flush();
  return messages;
}

/** The model's own words are for the log's finest level only. */
function noteWriting({ desk, update }: BotContext, report: WritingReport): void {
  const { outcome, kept, dropped, failure, promptTokens, replyTokens, ms } = report;
  desk.telemetry.wrote(report);
  const reasons = dropped.map(({ reason }) => reason);
  const line = { update: update.update_id, outcome, kept, dropped: reasons, ms: Math.round(ms) };
  const tokens = { promptTokens, replyTokens };
  if (failure === undefined) desk.log.info({ ...line, ...tokens }, 'language model');
  else desk.log.warn({ ...line, ...tokens, err: failure }, 'language model');
  desk.log.trace({ dropped }, 'sentences left out');
}

function keepAnswer(
  ctx: BotContext,
  asked: Asked,
  { key, answer }: { readonly key: string; readonly answer: Answer },
): Message[] {
  const { desk, isAdmin, speech } = ctx;
  const cited = keepCitations(answer.citations, desk);
  const nearest = keepCitations(answer.nearest, desk);
  // What was written names its citations by number.
  const shown = answer.written === undefined ? SHOWN : cited.length;
  const citations = cited.slice(0, shown);
  const more = cited.slice(shown);
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
  const question = asked.byButton === true ? answer.question : null;
  const { written } = answer;
  return renderAnswer({ key, question, citations, nearest, forAdmin, written }, speech);
}

function turnOf(answer: Answer): Turn {
  return {
    question: answer.question,
    resolved: answer.resolved,
    titles: answer.citations.map(({ article }) => article.title),
    quote: answer.citations[0]?.quote ?? '',
  };
}
