/** Conversations with known answers → how often follow-ups find theirs. */
import { fold } from '../text/fold.ts';
import type { Ask } from '../ports.ts';
import type { Answer, Turn } from '../types.ts';

/** One line of a dialogue file. A turn whose `quote` is null is one that the articles do not answer. */
export interface Dialogue {
  readonly id: string;
  readonly topic: string;
  readonly turns: ReadonlyArray<{ readonly question: string; readonly quote: string | null }>;
}

/** What came of one turn. */
export interface TurnOutcome {
  readonly dialogue: string;
  readonly topic: string;
  /** 1 for the first. */
  readonly turn: number;
  readonly question: string;
  readonly resolved: string;
  readonly expected: string | null;
  readonly answer: Answer;
  /** The first citation's paragraph holds the expected quote; for a null quote, the question was refused. */
  readonly isRight: boolean;
  /** The same for the first three citations. */
  readonly isAmongThree: boolean;
}

/** Holds the dialogues, each with its own history. */
export async function holdDialogues(
  dialogues: readonly Dialogue[],
  ask: Ask,
): Promise<TurnOutcome[]> {
  const outcomes: TurnOutcome[] = [];
  for (const dialogue of dialogues) {
    const history: Turn[] = [];
    for (const [index, { question, quote }] of dialogue.turns.entries()) {
      const answer = await ask(question, { history, top: 3 });
      outcomes.push(outcomeOf(dialogue, index, quote, answer));
      history.push(turnOf(answer));
    }
  }
  return outcomes;
}

function outcomeOf(
  { id, topic }: Dialogue,
  index: number,
  expected: string | null,
  answer: Answer,
): TurnOutcome {
  const holds = ({ paragraph }: { readonly paragraph: string }): boolean =>
    expected !== null && bare(paragraph).includes(bare(expected));
  const isRefused = expected === null && !answer.answered;
  return {
    dialogue: id,
    topic,
    turn: index + 1,
    question: answer.question,
    resolved: answer.resolved,
    expected,
    answer,
    isRight: isRefused || answer.citations.slice(0, 1).some(holds),
    isAmongThree: isRefused || answer.citations.slice(0, 3).some(holds),
  };
}

/** What a follow-up needs to know of an answer. */
export function turnOf({ question, resolved, citations }: Answer): Turn {
  const [best] = citations;
  return {
    question,
    resolved,
    titles: [...new Set(citations.map(({ article }) => article.title))],
    quote: best?.quote ?? '',
  };
}

function bare(text: string): string {
  return fold(text).replaceAll(/\s/g, '');
}
