import { Composer } from 'telegraf';
import type { KeptCitation } from '../../../library/chats/shelf.ts';
import type { BotContext } from '../../context.ts';
import { acknowledge, partsOf } from '../presses.ts';

/** Buttons that make a golden question of an answer: this question must quote that source. */
export const golden = new Composer<BotContext>();

golden.action(/^golden /, async (ctx) => {
  if (!ctx.isAdmin) return await acknowledge(ctx, ctx.words('for-admins'));
  const [answerKey = '', citationKey = ''] = partsOf(ctx);
  const { chats, golden } = ctx.desk;
  const question = chats.answers.find(answerKey)?.question ?? null;
  const citation = chats.citations.open(citationKey);
  if (question === null || citation === null) {
    return await acknowledge(ctx, ctx.words('golden-forgotten'));
  }
  golden.add(question, exactQuote(citation));
  await acknowledge(ctx, ctx.words('golden-added'));
});

function exactQuote({ article, paragraphNumber, marks }: KeptCitation): string {
  const paragraph = article.paragraphs.find(({ number }) => number === paragraphNumber);
  return marks.map(([start, end]) => paragraph?.text.slice(start, end) ?? '').join('');
}
