import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import { UpdateMaker } from '../updates.ts';
import { lapsesOf, makeWorkplace, startBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { questions } from './questions.ts';

/** `FUZZ_UPDATES=2000 FUZZ_SEED=7 npx vitest run test/telegram/conversation/fuzz.test.ts` */
const UPDATES = Number(process.env['FUZZ_UPDATES'] ?? 240);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** So many at once; then somebody asks a question and gets the answer. */
const BATCH = 40;

const workplace = makeWorkplace();
let server: BotApiServer;
let bot: BotProcess;

beforeAll(async () => {
  server = await startBotApiServer({ limits: false, queryLifetime: 60_000 });
  bot = await startBot(server, workplace);
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await server.close();
  workplace.remove();
});

test(
  `the bot lives through ${UPDATES} updates of every kind, answers between them and is never refused`,
  { timeout: 60_000 + UPDATES * 300 },
  async () => {
    const maker = new UpdateMaker(server, { seed: SEED, people: Math.ceil(UPDATES / 20) });
    for (let made = 0; made < UPDATES; made += BATCH) {
      for (let index = 0; index < BATCH; index += 1) maker.next();
      const question = questions[(made / BATCH) % questions.length];
      const asked = server.user().asks(question?.asks ?? '');
      expect((await asked).text).toContain(question?.answer);
    }
    await server.idle({ quiet: 2500, timeout: 60_000 + UPDATES * 200 });
    expect(await bot.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(lapsesOf(server, bot)).toEqual([]);
  },
);
