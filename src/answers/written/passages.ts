import { sentencesOf } from '../../text/sentences.ts';
import type { Span, StoredParagraph, StoredPassage } from '../../types.ts';

/** A paragraph, or the part of a long one, as a language model is shown it: P1, P2, … */
export interface NumberedPassage {
  readonly paragraph: StoredParagraph;
  /** Its sentences S1, S2, … in the paragraph's text. */
  readonly sentences: readonly Span[];
}

/** Enough for an answer of a few sentences; small models lose their way in more. */
const MOST_PASSAGES = 6;
/** Of all passages together, in UTF-16 code units; about as many tokens. */
const MOST_TEXT = 3600;

/** What of a ranking is shown to a language model, best first. A long paragraph is cut to the sentences around what was found. */
export function numberedPassages(ranking: readonly StoredPassage[]): NumberedPassage[] {
  const numbered: NumberedPassage[] = [];
  let room = MOST_TEXT;
  for (const { paragraph, start, end } of ranking.slice(0, MOST_PASSAGES)) {
    const sentences = sentencesOf(paragraph.text);
    const isWhole = paragraph.text.length <= Math.min(room, MOST_TEXT / 3);
    const shown = isWhole
      ? sentences
      : around(sentences, [start, end], Math.min(room, MOST_TEXT / 3));
    if (shown.length === 0) continue;
    numbered.push({ paragraph, sentences: shown });
    room -= (shown.at(-1)?.[1] ?? 0) - (shown[0]?.[0] ?? 0);
  }
  return numbered;
}

/** The sentences of a stretch, from its beginning, that fit. */
function around(sentences: readonly Span[], [start, end]: Span, room: number): Span[] {
  const within = sentences.filter(([from, to]) => to > start && from < end);
  const first = within[0]?.[0] ?? 0;
  return within.filter(([, to]) => to - first <= room);
}

/** The passages as the prompt shows them: numbered, escaped, each sentence in a line of its own. */
export function passagesText(passages: readonly NumberedPassage[]): string {
  return passages
    .map(({ paragraph, sentences }, index) => {
      const { title, source, date } = paragraph.article;
      const about = [title, source, date]
        .filter((part) => part !== null)
        .map(asData)
        .join(', ');
      const lines = sentences.map(
        ([start, end], at) => `S${at + 1}: ${asData(paragraph.text.slice(start, end))}`,
      );
      return [`<passage id="P${index + 1}" from="${about}">`, ...lines, '</passage>'].join('\n');
    })
    .join('\n');
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  // What looks like a passage's number or a chat template's mark becomes ordinary text.
  ['[', '［'],
  [']', '］'],
]);

/**
 * Text of articles and people as data within a prompt: one line, without the characters that could end
 * the place where it stands or mean something to a model (`</passage>`, `<|im_end|>`, `[P1.S1]`,
 * invisible and direction marks).
 */
export function asData(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replaceAll(/[&<>"[\]]/g, (character) => entities.get(character) ?? character)
    .trim();
}
