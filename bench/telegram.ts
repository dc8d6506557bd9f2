/**
 * How long people wait for the bot: the real process on loopback, against a Bot API server that keeps
 * Telegram's limits.
 *
 *     node --import tsx bench/telegram.ts
 *
 * Prints the median and the 95th percentile of the time from a question to its answer when 200 chats
 * ask at once, and of one person's questions while another chat sends 500 messages, each beside the
 * same person's questions alone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { makeWorkplace, startBot } from '../test/telegram/conversation/bot-process.ts';
import { questions } from '../test/telegram/conversation/questions.ts';
import type { Person } from '../test/telegram/server/person.ts';
import type { ShownMessage } from '../test/telegram/server/rooms.ts';
import { startBotApiServer } from '../test/telegram/server/server.ts';
import type { BotApiServer } from '../test/telegram/server/server.ts';

const CHATS = 200;
const QUESTIONS_EACH = 2;
const FLOOD = 500;
const ASKED_BESIDE = 10;

interface Waiting {
  readonly person: Person;
  readonly asked: number;
  /** Words of the right answers, in the order of the questions. */
  readonly answers: readonly string[];
}

/** Milliseconds to each answer that has come, in order; answers are matched by their words. */
class Clock {
  readonly #came = new Map<ShownMessage, number>();

  constructor(server: BotApiServer) {
    server.world.watch(() => {
      for (const room of server.world.rooms.values()) this.#look(room.messages);
    });
  }

  #look(messages: readonly ShownMessage[]): void {
    for (const message of messages) {
      if (message.from?.is_bot && !this.#came.has(message))
        this.#came.set(message, performance.now());
    }
  }

  answersTo({ person }: Waiting): { text: string; at: number }[] {
    const own = person.room.shown().filter((message) => message.from?.is_bot);
    return own.map((message) => ({ text: message.text, at: this.#came.get(message) ?? 0 }));
  }
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN,
  );
}

function report(what: string, times: readonly number[]): void {
  console.log(`${what}: median ${percentile(times, 0.5)} ms, p95 ${percentile(times, 0.95)} ms`);
}

/** 200 chats ask two questions each, all at once. */
async function manyAtOnce(server: BotApiServer, clock: Clock): Promise<void> {
  const waiting = Array.from({ length: CHATS }, (_, index): Waiting => {
    const turned = [...questions.slice(index % questions.length), ...questions].slice(
      0,
      QUESTIONS_EACH,
    );
    const person = server.user();
    const asked = performance.now();
    for (const { asks } of turned) person.says(asks);
    return { person, asked, answers: turned.map(({ answer }) => answer) };
  });
  await server.idle({ quiet: 3000, timeout: 300_000 });
  const answered = waiting.map((each) => ({ each, came: clock.answersTo(each) }));
  const complete = answered.filter(({ each, came }) => came.length === each.answers.length);
  const ordered = complete.filter(({ each, came }) =>
    came.every(({ text }, index) => text.includes(each.answers[index] ?? '')),
  );
  const first = answered.flatMap(({ each, came }) =>
    came.slice(0, 1).map(({ at }) => at - each.asked),
  );
  const all = answered.flatMap(({ each, came }) => came.map(({ at }) => at - each.asked));
  report(`${CHATS} chats at once, first answer`, first);
  report(`${CHATS} chats at once, all ${all.length} answers`, all);
  console.log(
    `answered in full: ${complete.length}/${CHATS}; in order: ${ordered.length}/${CHATS}`,
  );
}

/** One question after another by one person, each when the last is answered. */
async function oneAfterAnother(server: BotApiServer): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < ASKED_BESIDE; index += 1) {
    // Somebody new each time, so that Telegram's limit on one chat does not count.
    const person = server.user();
    const started = performance.now();
    await person.asks(questions[index % questions.length]?.asks ?? '');
    times.push(performance.now() - started);
    await sleep(200);
  }
  return times;
}

async function besideAFlood(server: BotApiServer): Promise<void> {
  report('one person alone', await oneAfterAnother(server));
  const flooder = server.user();
  for (let index = 0; index < FLOOD; index += 1) {
    flooder.says(questions[index % questions.length]?.asks ?? '');
  }
  report(`the same while a chat sends ${FLOOD} messages`, await oneAfterAnother(server));
}

const workplace = makeWorkplace();
const server = await startBotApiServer();
const bot = await startBot(server, workplace);
await server.user().asks(questions[0]?.asks ?? '');
await besideAFlood(server);
await bot.end('SIGKILL');

const fresh = await startBotApiServer();
const second = await startBot(fresh, makeWorkplace());
await fresh.user().asks(questions[0]?.asks ?? '');
await manyAtOnce(fresh, new Clock(fresh));
const tooFast = fresh.calls.filter(({ status }) => status === 429).length;
console.log(`refused calls: ${fresh.refusals.length}, of which too fast: ${tooFast}`);
await second.end('SIGTERM');
for (const each of [server, fresh]) await each.close();
workplace.remove();
