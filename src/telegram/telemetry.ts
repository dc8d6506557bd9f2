import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Library } from '../ports.ts';
import type { Answer, WritingReport } from '../types.ts';

/** Errors that /status shows. */
const ERRORS = 5;
/** Without a word from Telegram for this long, the bot is not healthy. A held request takes 30 seconds. */
const SILENCE_MS = 120_000;

export interface Watched {
  readonly library: Library;
  readonly queue: () => number;
  readonly isIndexing: () => boolean;
}

/** What the bot counts: for the metrics page, the health pages and /status. */
export class Telemetry {
  readonly registry = new Registry();
  private readonly started = Date.now();
  private readonly errors: { at: string; message: string }[] = [];
  private watched: Watched | null = null;
  private contactAt = 0;
  private questions = 0;
  private tooFast = 0;

  private readonly questionCount = this.counter('questions_total', 'Questions asked', ['place']);
  private readonly outcomeCount = this.counter('answers_total', 'Questions by outcome', [
    'outcome',
  ]);
  private readonly writingCount = this.counter(
    'writings_total',
    'Questions given to a language model by outcome',
    ['outcome'],
  );
  private readonly droppedCount = this.counter(
    'written_sentences_dropped_total',
    'Sentences of a language model that were not proven',
    ['reason'],
  );
  private readonly tokenCount = this.counter('language_model_tokens_total', 'Tokens by kind', [
    'kind',
  ]);
  private readonly writingTime = new Histogram({
    name: 'yuanwen_writing_seconds',
    help: 'Time that a language model took for an answer',
    buckets: [0.5, 1, 2, 5, 10, 20, 30, 60],
    registers: [this.registry],
  });
  private readonly failureCount = this.counter('update_failures_total', 'Updates that failed', []);
  private readonly tooFastCount = this.counter(
    'telegram_429_total',
    'Calls slowed down by Telegram',
    ['method'],
  );
  private readonly latency = new Histogram({
    name: 'yuanwen_answer_seconds',
    help: 'Time from question to composed answer',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    this.gauge('queue', 'Updates waiting or under way', (watched) => watched.queue());
    this.gauge(
      'index_generation',
      'Generation that serves',
      (watched) => watched.library.view()?.generation,
    );
    this.gauge(
      'index_articles',
      'Articles that are served',
      (watched) => watched.library.view()?.articleCount,
    );
    this.gauge(
      'index_passages',
      'Passages that are served',
      (watched) => watched.library.view()?.passageCount,
    );
    this.gauge('indexing', '1 while indexing goes on', (watched) => Number(watched.isIndexing()));
  }

  /** Where the figures come from that are only looked up when somebody asks. */
  watch(watched: Watched): void {
    this.watched = watched;
  }

  /** Adds memory, processor and event-loop figures to the metrics. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  answered(answer: Answer, place: 'private' | 'group' | 'inline', seconds: number): void {
    this.questions += 1;
    this.questionCount.inc({ place });
    this.outcomeCount.inc({ outcome: answer.answered ? 'answered' : 'refused' });
    this.latency.observe(seconds);
  }

  /** What came of asking a language model. */
  wrote({ outcome, dropped, promptTokens, replyTokens, ms }: WritingReport): void {
    this.writingCount.inc({ outcome });
    for (const { reason } of dropped) this.droppedCount.inc({ reason });
    this.tokenCount.inc({ kind: 'prompt' }, promptTokens);
    this.tokenCount.inc({ kind: 'reply' }, replyTokens);
    this.writingTime.observe(ms / 1_000);
  }

  failed(error: unknown): void {
    this.failureCount.inc();
    const message = error instanceof Error ? error.message : String(error);
    this.errors.unshift({ at: new Date().toISOString().slice(0, 16), message });
    this.errors.splice(ERRORS);
  }

  slowedDown(method: string): void {
    this.tooFast += 1;
    this.tooFastCount.inc({ method });
  }

  /** Telegram answered, or brought an update. */
  contact(): void {
    this.contactAt = Date.now();
  }

  /** @param webhook - Telegram comes by itself, so silence means nothing */
  isHealthy(webhook: boolean): boolean {
    return webhook || Date.now() - this.contactAt < SILENCE_MS;
  }

  get isReady(): boolean {
    return (this.watched?.library.view() ?? null) !== null;
  }

  status() {
    return {
      uptimeSeconds: (Date.now() - this.started) / 1_000,
      memoryBytes: process.memoryUsage.rss(),
      queue: this.watched?.queue() ?? 0,
      questions: this.questions,
      tooFast: this.tooFast,
      isIndexing: this.watched?.isIndexing() ?? false,
      errors: this.errors,
    };
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `yuanwen_${name}`, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, value: (watched: Watched) => number | undefined): void {
    const watched = (): number => (this.watched === null ? 0 : (value(this.watched) ?? 0));
    void new Gauge({
      name: `yuanwen_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.set(watched());
      },
    });
  }
}
