/** Conversations with known answers: how often follow-ups find theirs. */
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';
import type { Ask } from '../ports.ts';
import type { Answer, Turn } from '../types.ts';
import { holds, judge } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { jsonOf, textOf } from './question-file.ts';

const Line = z.object({
  id: z.string(),
  turns: z.array(z.object({ question: z.string().min(1), quote: z.string().nullable() })).min(1),
});

/** One line of a dialogue file. A turn whose `quote` is null is one that the articles do not answer. */
export type Dialogue = z.infer<typeof Line>;

/** Reads a file of dialogues, one JSON object a line. */
export function readDialogues(file: string): Dialogue[] {
  return textOf(file)
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return [];
      const parsed = Line.safeParse(jsonOf(text));
      if (parsed.success) return [parsed.data];
      throw new YuanwenError(
        'dialogues-broken',
        `Line ${index + 1} of ${file} is not a dialogue: it needs {"id": "…", "turns": [{"question": "…", "quote": "…" or null}]}. Correct or remove it.`,
      );
    });
}

/** Holds the dialogues, each with its own history: outcomes of the kinds `first turn` and `follow-up`. */
export async function holdDialogues(
  dialogues: readonly Dialogue[],
  ask: Ask,
  onAsked?: (done: number) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { id, turns } of dialogues) {
    const history: Turn[] = [];
    for (const [index, { question, quote }] of turns.entries()) {
      const answer = await ask(question, { history });
      outcomes.push(outcomeOf(`${id}.${index + 1}`, index, quote, answer));
      history.push(turnOf(answer));
      onAsked?.(outcomes.length);
    }
  }
  return outcomes;
}

function outcomeOf(id: string, index: number, quote: string | null, answer: Answer): Outcome {
  const { question, resolved } = answer;
  const expected = {
    id,
    kind: index === 0 ? 'first turn' : 'follow-up',
    question: resolved === question ? question : `${question} → ${resolved}`,
    answerable: quote !== null,
    quote,
    answers: [],
  };
  return judge(expected, answer, ({ paragraph }) => quote !== null && holds(paragraph, quote));
}

/** What a follow-up needs to know of an answer. */
function turnOf({ question, resolved, citations }: Answer): Turn {
  const titles = [...new Set(citations.map(({ article }) => article.title))];
  return { question, resolved, titles, quote: citations[0]?.quote ?? '' };
}
