import type { Ask, LibraryView } from '../ports.ts';
import type { Answer, Citation, WritingReport } from '../types.ts';

/** What a language model made of a set of questions. Shares are null where there was nothing to count. */
export interface WritingFigures {
  readonly questions: number;
  /** How questions ended; `quoted` are those for which no model was needed. */
  readonly outcomes: Readonly<Record<WritingReport['outcome'] | 'quoted', number>>;
  /** Of the written answers, those of which no sentence had to be left out. */
  readonly wholeAnswers: number | null;
  /** Of all citations of all answers, those that stand in the stored text to the letter. Must be 1. */
  readonly quotesProven: number | null;
  readonly sentencesKept: number;
  /** Sentences left out, by reason. */
  readonly sentencesDropped: Readonly<Record<string, number>>;
  readonly promptTokens: number;
  readonly replyTokens: number;
  /** Milliseconds that the model took for a question. */
  readonly msMedian: number | null;
  readonly msP95: number | null;
}

/** Counts what comes of asking with a language model. */
export class WritingTally {
  readonly #reports: WritingReport[] = [];
  #questions = 0;
  #written = 0;
  #whole = 0;
  #quotes = 0;
  #proven = 0;

  /** Asks, and counts. */
  counting(ask: Ask, view: LibraryView): Ask {
    return async (question, options = {}) => {
      const answer = await ask(question, {
        ...options,
        onReport: (report) => {
          this.#reports.push(report);
          options.onReport?.(report);
        },
      });
      this.#count(answer, view);
      return answer;
    };
  }

  figures(): WritingFigures {
    const reports = this.#reports;
    const times = reports.map(({ ms }) => ms).sort((a, b) => a - b);
    const outcomes = { written: 0, declined: 0, unproven: 0, 'over-budget': 0, failed: 0 };
    const sentencesDropped: Record<string, number> = {};
    for (const { outcome, dropped } of reports) {
      outcomes[outcome] += 1;
      for (const { reason } of dropped) {
        sentencesDropped[reason] = (sentencesDropped[reason] ?? 0) + 1;
      }
    }
    const sum = (of: (report: WritingReport) => number): number =>
      reports.reduce((total, report) => total + of(report), 0);
    return {
      questions: this.#questions,
      outcomes: { ...outcomes, quoted: this.#questions - reports.length },
      wholeAnswers: share(this.#whole, this.#written),
      quotesProven: share(this.#proven, this.#quotes),
      sentencesKept: sum(({ kept }) => kept),
      sentencesDropped,
      promptTokens: sum(({ promptTokens }) => promptTokens),
      replyTokens: sum(({ replyTokens }) => replyTokens),
      msMedian: quantile(times, 0.5),
      msP95: quantile(times, 0.95),
    };
  }

  #count(answer: Answer, view: LibraryView): void {
    this.#questions += 1;
    if (answer.written !== undefined) {
      this.#written += 1;
      if (answer.written.dropped === 0) this.#whole += 1;
    }
    for (const citation of [...answer.citations, ...answer.nearest]) {
      this.#quotes += 1;
      if (stands(citation, view)) this.#proven += 1;
    }
  }
}

/** Whether the file says what is quoted, where it is said to. */
function stands({ article, spans, quote }: Citation, view: LibraryView): boolean {
  const fileId = view.article(article.id)?.fileId;
  if (fileId === undefined) return false;
  return spans.map((span) => view.slice(fileId, span)).join('') === quote;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function quantile(sorted: readonly number[], at: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? null;
}

/** The figures as a few lines for the terminal. */
export function writingLines(figures: WritingFigures): string[] {
  const { outcomes, sentencesDropped } = figures;
  const dropped = Object.entries(sentencesDropped).map(([reason, count]) => `${reason} ${count}`);
  return [
    'Language model',
    `  answers written                ${outcomes.written} of ${figures.questions}`,
    `  every sentence supported       ${percent(figures.wholeAnswers)} of them`,
    `  quotes proven                  ${percent(figures.quotesProven)}`,
    `  sentences kept                 ${figures.sentencesKept}`,
    `  sentences left out             ${dropped.join(', ') || 'none'}`,
    `  quotes instead                 no answer found ${outcomes.declined}, not proven ${outcomes.unproven}, failed ${outcomes.failed}, not asked ${outcomes.quoted}`,
    `  seconds a question             ${seconds(figures.msMedian)} median, ${seconds(figures.msP95)} 95th percentile`,
    `  tokens                         ${figures.promptTokens} read, ${figures.replyTokens} written`,
  ];
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(100 * value).toFixed(1)} %`;
}

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? '–' : (milliseconds / 1000).toFixed(2);
}
