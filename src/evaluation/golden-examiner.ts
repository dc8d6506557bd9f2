import type { Examine, GoldenQuestion } from '../indexing/golden.ts';
import type { Ask, LibraryView } from '../ports.ts';
import { fold } from '../text/fold.ts';

/** A golden quote may stand in any of so many citations. */
const CITATIONS_LOOKED_AT = 3;

/**
 * Asks a generation the golden questions; one passes when its quote stands, whatever its width, script
 * and white space, in a paragraph that is cited for it.
 * @param askOn - asking one generation, whichever serves
 */
export function goldenExaminer(
  questions: readonly GoldenQuestion[],
  askOn: (view: LibraryView) => Ask,
): Examine {
  return async (view) => {
    const ask = askOn(view);
    const failed: string[] = [];
    for (const { question, quote } of questions) {
      const { citations } = await ask(question, { top: CITATIONS_LOOKED_AT });
      const expected = fold(quote);
      const isCited = citations.some(({ paragraph }) => fold(paragraph).includes(expected));
      if (!isCited) failed.push(question);
    }
    return { score: 1 - failed.length / questions.length, failed };
  };
}
