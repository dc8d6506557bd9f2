import type { LibraryView } from '../ports.ts';
import { fold } from '../text/fold.ts';
import { languageOf } from '../text/language.ts';
import { contentOf } from '../text/question-words.ts';
import { foldedTokens } from '../text/tokens.ts';
import { wordsOf } from '../text/words.ts';
import { answerKindOf } from './answer-kind.ts';
import { datesOf } from './dates.ts';
import type { QuestionTerm, UnderstoodQuestion } from './types.ts';

/** Words that bind others; a pair of characters across one of them says nothing. */
const FUNCTION_WORDS = new Set(
  `的 地 得 了 着 过 是 在 有 和 与 及 或 被 把 将 对 从 由 向 就 都 也 还 而 其 之 这 那 这个 那个 要 会 能
  可以 应该 应当 个 到 给 为 于 以 并 中 让 用 后 前 时 吗 我 你 他 她 它 我们 你们 他们 她们 它们`.split(
    /\s+/,
  ),
);

const chinese = /^\p{Script=Han}+$/u;
const numberWithUnit = /\d+(?:\.\d+)*%?\p{Script=Han}/gu;

/** Works out what a question is about, and how rare each part of it is in this library. */
export function understand(text: string, view: LibraryView, today: Date): UnderstoodQuestion {
  const asked = contentOf(text);
  const words = wordsOf(asked).filter((word) => !FUNCTION_WORDS.has(word));
  const content = blankOthers(asked, words);
  const tokens = [...new Set(foldedTokens(content))];
  const frequencies = view.documentFrequencies(tokens);
  const passagesWith = (token: string): number => frequencies.get(token) ?? 0;
  const known = new Set(words);
  const terms = [
    ...tokens.map((token) => termOf(textOfToken(token), token, kindOf(token, known))),
    ...compounds(content, words).map((text) => termOf(text, null, 'word')),
  ];

  function termOf(text: string, token: string | null, kind: QuestionTerm['kind']): QuestionTerm {
    const parts = token === null ? partsOf(text) : [token];
    const passages = Math.min(...parts.map(passagesWith));
    const idf = Math.log(1 + (view.passageCount - passages + 0.5) / (passages + 0.5));
    return { text, token, kind, passages, idf };
  }

  return {
    text,
    content,
    asked: fold(text).replaceAll(/[^\p{L}\p{N}]/gu, ''),
    answerKind: answerKindOf(text),
    plain: content.replaceAll(/[^\p{L}\p{N}]/gu, ''),
    terms,
    numbers: terms.map(({ text }) => text).filter((text) => /^\d+(?:\.\d+)*%?\D?$/.test(text)),
    names: terms.map(({ text }) => text).filter((text) => /^[a-z][a-z\d]*$/.test(text)),
    language: languageOf(text),
    dates: datesOf(text, today),
  };
}

/** `content` with everything blanked that is not one of `words`, which stand in it in this order. */
function blankOthers(content: string, words: readonly string[]): string {
  let at = 0;
  let kept = '';
  for (const word of words) {
    const found = content.indexOf(word, at);
    if (found > at) kept += ' ';
    kept += word;
    at = found + word.length;
  }
  return kept.trim();
}

function kindOf(token: string, words: ReadonlySet<string>): QuestionTerm['kind'] {
  if (!chinese.test(token)) return 'word';
  if (token.length === 1) return 'character';
  return words.has(token) ? 'word' : 'pair';
}

function textOfToken(token: string): string {
  return token.replaceAll('ˑ', '.').replaceAll('ᵖ', '%');
}

/** What the index has only in parts: words of three and more characters, numbers with their unit. */
function compounds(content: string, words: readonly string[]): string[] {
  const longWords = words.filter((word) => word.length > 2 && chinese.test(word));
  return [...new Set([...longWords, ...(content.match(numberWithUnit) ?? [])])];
}

function partsOf(compound: string): string[] {
  const tokens = foldedTokens(compound);
  const longer = tokens.filter((token) => token.length > 1);
  return longer.length > 0 ? longer : tokens;
}
