import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../random.ts';
import type { Person } from '../server/person.ts';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import { lapsesOf, makeWorkplace, startBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';

/** Articles with everything in them that Telegram takes amiss when it is passed on as it stands. */
const articles: Readonly<Record<string, string>> = {
  '长标题.txt': `${'超长标题'.repeat(60)}\n\n飞鱼号潜艇在1999年下水。\n`,
  '标记 <b>&.md': `---
title: <a href="x">链接</a> & </b> "引号"
url: javascript:alert(1)
source: <i>报</i>
date: 2020-01-01
---

## <u>小标题</u>

<b>木星有95颗卫星</b>，&amp;其中<blockquote>木卫三</blockquote>最大。
`,
  '长段落.md': `---
title: 深海 😀😀
url: http://例子.测试/路径?x=<y>&z="q"
---

${'深海灯笼鱼在三千米处发光，'.repeat(1500)}灯笼鱼的寿命是七年。

${'😀🏳️‍🌈'.repeat(2000)}
`,
  '从右到左.txt': '\u202e反向\u202c عنوان\n\nالقطار يصل. 开罗火车八点到站。\u200b\n',
  '巨文.txt': `巨文\n\n${Array.from({ length: 300 }, (_, n) => `编号${n}的仓库存放了${n * 7}箱苹果，由第${n % 13}组看管。`).join('\n\n')}\n`,
};

const said = [
  '飞鱼号潜艇哪一年下水？',
  '木星有多少颗卫星？',
  '灯笼鱼的寿命是多少？',
  '开罗火车几点到站？',
  '编号70的仓库有多少箱苹果？',
  '/articles',
  '/articles <',
  '/articles 超长',
  `/articles ${'很'.repeat(300)}`,
  '/latest',
  '<b>&',
  '😀🏳️‍🌈',
];

const STEPS = Number(process.env['WANDERING_STEPS'] ?? 60);
const workplace = makeWorkplace();
const random = new Random(Number(process.env['WANDERING_SEED'] ?? 1));
let server: BotApiServer;
let bot: BotProcess;

beforeAll(async () => {
  for (const [name, text] of Object.entries(articles)) {
    writeFileSync(join(workplace.articles, name), text);
  }
  server = await startBotApiServer({ limits: false });
  bot = await startBot(server, workplace);
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await server.close();
  workplace.remove();
});

/** Presses some button of some message, or says something. */
async function takeStep(person: Person): Promise<void> {
  const withButtons = person.room.shown().filter((message) => buttonsOf(message).length > 0);
  const latest = withButtons.at(-1);
  if (latest === undefined || random.chance(0.3)) {
    await person.asks(random.pick(said));
    return;
  }
  const message = random.chance(0.7) ? latest : random.pick(withButtons);
  await person.pressesData(message, random.pick(buttonsOf(message))).answered();
}

function buttonsOf(message: { readonly rows: readonly (readonly object[])[] }): string[] {
  return message.rows
    .flat()
    .map((button) => ('callback_data' in button ? button.callback_data : undefined))
    .filter((data) => typeof data === 'string');
}

test(
  'whoever presses whatever there is, in articles full of markup, is never let down',
  { timeout: 60_000 + STEPS * 1500 },
  async () => {
    const languages = ['zh-hans', 'zh-TW', 'en', 'ru', 'zh', 'en-GB'];
    const people = languages.map((language_code) => server.user({ language_code }));
    for (let step = 0; step < STEPS; step += 1) {
      await takeStep(random.pick(people));
      await server.idle({ quiet: 40 });
    }
    // Who presses twice before the first press shows asks for the same thing twice.
    const lapses = lapsesOf(server, bot).filter((lapse) => !lapse.includes('is not modified'));
    expect(lapses).toEqual([]);
    expect(bot.output()).not.toContain('update failed');
  },
);
