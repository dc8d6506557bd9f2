import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWriting } from '../../src/compose-writing.ts';
import type { Writing } from '../../src/compose-writing.ts';
import { ARTICLES } from '../answers/written/newsroom-articles.ts';
import { ScriptedServer, says } from '../language-model/scripted-server.ts';
import { BotWorld, Samples } from './bot-world.ts';
import { API_KEY, PROVEN, QUESTION } from './misbehaviours.ts';
import type { Misbehaviour } from './misbehaviours.ts';
import type { Person } from './server/person.ts';
import type { ShownMessage } from './server/rooms.ts';

/** What came of a misbehaviour, as the reader and the operator see it. */
export interface Reached {
  /** The model's words in the answer; null: there are none, it is the quoting answer to the letter. */
  readonly written: string | null;
  /** Whatever the reader saw at any moment, drafts included, that the articles don't prove. */
  readonly unproven: readonly string[];
  /** From the log. */
  readonly outcome: string;
  readonly leftOut: readonly string[];
  readonly failure: string | null;
  /** Whether the key stood in a message or in the log. */
  readonly isKeyTold: boolean;
  /** From the question to the answer. */
  readonly ms: number;
}

/** For one answer, in milliseconds; half of it for the first word. */
const TIMEOUT = 3000;

/** The real bot with a language model that misbehaves, and the same without one to hold it against. */
export class MisbehavingModel {
  readonly #server: ScriptedServer;
  readonly #samples: Samples;
  readonly #writing: Writing;
  readonly #bot: BotWorld;
  readonly #quoting: BotWorld;

  private constructor(parts: {
    server: ScriptedServer;
    samples: Samples;
    writing: Writing;
    bots: readonly [BotWorld, BotWorld];
  }) {
    this.#server = parts.server;
    this.#samples = parts.samples;
    this.#writing = parts.writing;
    [this.#bot, this.#quoting] = parts.bots;
  }

  static async open(): Promise<MisbehavingModel> {
    const server = await ScriptedServer.start();
    const samples = await articles();
    const languageModel = {
      model: 'scripted',
      baseUrl: server.baseUrl,
      apiKey: API_KEY,
      timeout: TIMEOUT,
      dailyBudget: 0,
      promptsDir: undefined,
    };
    const writing = await openWriting({ ...samples.config, languageModel });
    const askWriter = writing.over(samples.app);
    const bots = [
      await BotWorld.open(samples, { askWriter }),
      await BotWorld.open(samples),
    ] as const;
    return new MisbehavingModel({ server, samples, writing, bots });
  }

  /** Asks in a private chat of its own while the server misbehaves. */
  async meets({ behaviours, questions = [QUESTION] }: Misbehaviour): Promise<Reached> {
    const earlier = questions.slice(0, -1);
    const question = questions.at(-1) ?? QUESTION;
    const language = /\p{Script=Han}/u.test(question) ? 'zh-hans' : 'en';
    const quoted = [
      await this.#quotes([...earlier, question], language),
      await this.#quotes([QUESTION], language),
    ];
    const { log, server } = this.#bot;
    const anna = server.user({ language_code: language });
    this.#server.behave(says('NONE'));
    await askAll(anna, earlier);
    this.#server.behave(...behaviours);
    const [logged, drafted] = [log.length, anna.room.drafts.length];
    const started = performance.now();
    const answer = await anna.asks(question);
    const ms = performance.now() - started;
    const drafts = anna.room.drafts.slice(drafted).map(({ text }) => text);
    const seen = [...drafts, answer.text];
    const lines = log.slice(logged);
    return {
      written: isSame(answer, quoted[0]) ? null : wordsOf(answer.text).join(' '),
      unproven: [...seen.flatMap((text) => unprovenIn(text, quoted)), ...misquotedIn(answer)],
      ...toldBy(lines),
      isKeyTold: [...seen, ...lines].some((text) => text.includes(API_KEY)),
      ms,
    };
  }

  async close(): Promise<void> {
    await this.#bot.close();
    await this.#quoting.close();
    await this.#writing.close();
    await this.#samples.close();
    await this.#server.close();
  }

  #quotes(questions: readonly string[], language: string): Promise<ShownMessage | undefined> {
    return askAll(this.#quoting.server.user({ language_code: language }), questions);
  }
}

async function articles(): Promise<Samples> {
  const folder = mkdtempSync(join(tmpdir(), 'yuanwen-articles-'));
  for (const [file, blocks] of Object.entries(ARTICLES)) {
    writeFileSync(join(folder, file), blocks.join('\n\n'));
  }
  const samples = new Samples(folder);
  rmSync(folder, { recursive: true });
  await samples.open();
  // Reads the dictionaries, so that nobody waits for them.
  await samples.app.ask(QUESTION);
  return samples;
}

async function askAll(
  person: Person,
  questions: readonly string[],
): Promise<ShownMessage | undefined> {
  let answer: ShownMessage | undefined;
  for (const question of questions) answer = await person.asks(question);
  return answer;
}

function isSame(one: ShownMessage, other: ShownMessage | undefined): boolean {
  return one.text === other?.text && one.buttons.join() === other.buttons.join();
}

/** What a language model wrote in a message: its sentences, and its translations with their labels. */
function wordsOf(text: string): string[] {
  const [written, rest = ''] = text.split(/\n✍️.*/u);
  if (written === undefined || written === text) return [];
  const translations = rest.match(/^(?:Translation, not the article’s words|译文（非原文）).*$/gmu);
  return [written.replaceAll(/\[\d+\]/g, ''), ...(translations ?? [])];
}

function unprovenIn(text: string, quoted: ReadonlyArray<ShownMessage | undefined>): string[] {
  const words = wordsOf(text);
  if (words.length > 0) return words.filter((word) => !PROVEN.has(word));
  return quoted.some((answer) => answer?.text === text) ? [] : [text];
}

/** What stands as a quotation in a message and in no article. */
function misquotedIn(message: ShownMessage): string[] {
  const texts = new Set(Object.values(ARTICLES).flat());
  return message.entities
    .filter(({ type }) => String(type).endsWith('blockquote'))
    .map(({ offset, length }) =>
      message.text.slice(Number(offset), Number(offset) + Number(length)),
    )
    .filter((quotation) => !texts.has(quotation));
}

function toldBy(log: readonly string[]): Pick<Reached, 'outcome' | 'leftOut' | 'failure'> {
  const line = log.findLast((one) => one.includes('"msg":"language model"'));
  const { outcome = 'not asked', dropped = [], err } = line === undefined ? {} : JSON.parse(line);
  return { outcome, leftOut: dropped, failure: err?.code ?? null };
}
