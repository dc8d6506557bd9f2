import type { Answer, Translation } from '../../types.ts';
import { asData } from './passages.ts';
import { translationFault } from './proof.ts';
import { isChineseText } from './script.ts';
import type { Writer } from './writer.ts';

/** Each costs a request. */
const MOST_TRANSLATIONS = 3;

/**
 * Translations of the citations that are in another language than the answer. One whose numbers, dates or
 * names are not the quote's, or that fails, is left out.
 */
export async function translationsOf(answer: Answer, writer: Writer): Promise<Translation[]> {
  const { language } = answer;
  const foreign = answer.citations.filter(
    ({ quote }) => isChineseText(quote) === (language === 'en'),
  );
  const translated = foreign.slice(0, MOST_TRANSLATIONS).map(async ({ n, quote, ...cited }) => {
    const text = await writer
      .writeLine('translation', language, { quote: asData(quote) })
      .catch(() => '');
    const surroundings = [cited.paragraph, cited.article.title];
    const fault = translationFault(text, { quote, surroundings, language });
    const isUsable = text !== '' && fault === null;
    return isUsable ? [{ n, text }] : [];
  });
  return (await Promise.all(translated)).flat();
}
