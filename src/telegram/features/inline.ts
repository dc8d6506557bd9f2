import { Composer } from 'telegraf';
import type { InlineQueryResultArticle } from 'telegraf/types';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import { keepCitations } from '../citing.ts';
import type { BotContext } from '../context.ts';
import { renderCard } from '../messages/answer.ts';
import { shorten } from '../messages/message.ts';
import { markedText, titleText } from '../messages/source.ts';
import { deepLink } from './sources.ts';

/** `@bot question` in any chat: quotes to choose from, each with its source. */
export const inline = new Composer<BotContext>();

const CARDS = 8;
/** Characters of a quote that clients show under a card's title. */
const DESCRIPTION = 200;
/** Seconds: long enough for a second look, short enough for new articles. */
const CACHE_SECONDS = 60;
/** Characters below which somebody is still typing; one Chinese character is a word. */
const SHORTEST_QUESTION = 2;

inline.on('inline_query', async (ctx) => {
  const question = ctx.inlineQuery.query.trim();
  const { limits, library, fairness } = ctx.desk;
  const isQuestion =
    question.length >= SHORTEST_QUESTION && question.length <= limits.questionLength;
  if (!isQuestion || library.view() === null) return await offer(ctx, [], 'inline-hint');
  if (!(await fairness.lightWork(ctx.inlineQuery.from.id))) {
    return await offer(ctx, [], 'inline-slow');
  }
  const started = performance.now();
  const answer = await ctx.desk.ask(question, { language: ctx.language, top: CARDS });
  ctx.desk.telemetry.answered(answer, 'inline', (performance.now() - started) / 1_000);
  const cards = ctx.desk.chats.transaction(() =>
    keepCitations(answer.citations, ctx.desk).map((citation) => cardOf(ctx, citation)),
  );
  await offer(ctx, cards, cards.length > 0 ? 'inline-hint' : 'inline-nothing');
});

function cardOf(ctx: BotContext, citation: KeptCitation): InlineQueryResultArticle {
  const { article, paragraphNumber, marks } = citation;
  return {
    type: 'article',
    id: citation.key,
    title: titleText(article),
    description: shorten(markedText(article, paragraphNumber, marks), DESCRIPTION),
    input_message_content: {
      message_text: renderCard(citation, ctx.speech),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
    reply_markup: {
      inline_keyboard: [[{ text: ctx.words('open-card'), url: deepLink(ctx, citation.key) }]],
    },
  };
}

async function offer(
  ctx: BotContext,
  results: InlineQueryResultArticle[],
  hint: string,
): Promise<void> {
  const { inlineQuery } = ctx;
  if (inlineQuery === undefined) return;
  await ctx.telegram.callApi('answerInlineQuery', {
    inline_query_id: inlineQuery.id,
    results,
    cache_time: CACHE_SECONDS,
    is_personal: true,
    ...(results.length === 0
      ? { button: { text: ctx.words(hint), start_parameter: 'inline' } }
      : {}),
  });
}
