import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readArticles } from '../src/articles/read.ts';
import type { LibraryView } from '../src/ports.ts';
import type { Article } from '../src/types.ts';
import type { Random } from './random.ts';

const WORDS = [
  '茶馆',
  '新桥',
  '小学',
  '清江',
  '操场',
  '凉亭',
  '街坊',
  '通车',
  '典礼',
  '公园',
  '记者',
  '昨日',
  '市民',
  '开放',
];

/** A folder of made-up articles that changes at random. No text comes twice, so that whatever is embedded twice was lost in between. */
export class KillFolder {
  readonly path: string;
  readonly #random: Random;
  readonly #size: number;
  #written = 0;

  constructor(path: string, random: Random, size: number) {
    this.path = path;
    this.#random = random;
    this.#size = size;
    mkdirSync(path, { recursive: true });
    for (let i = 0; i < size; i++) this.#write(`${i}.txt`);
  }

  /** Edits, adds, removes and renames some files; some get times from the past or the future. */
  change(): void {
    const random = this.#random;
    for (const name of this.#names()) {
      if (!random.chance(0.25)) continue;
      const path = join(this.path, name);
      const deed = random.below(4);
      if (deed === 0) this.#write(name);
      else if (deed === 1) this.#write(`new-${++this.#written}.txt`);
      else if (deed === 2) rmSync(path);
      else renameSync(path, join(this.path, `moved-${++this.#written}.txt`));
    }
    while (this.#names().length < this.#size) this.#write(`new-${++this.#written}.txt`);
  }

  /** Everything that indexing must find in it now. */
  digest(): string {
    return digestOf(
      this.#names().flatMap((name) => {
        const { articles } = readArticles(readFileSync(join(this.path, name)), name);
        return articles.map((article) => lineOf(name, article));
      }),
    );
  }

  #names(): string[] {
    return readdirSync(this.path);
  }

  #write(name: string): void {
    const random = this.#random;
    const paragraph = (): string =>
      `${Array.from({ length: 12 }, () => random.pick(WORDS)).join('')}第${++this.#written}次。`;
    const lines = [
      `${random.pick(WORDS)}新闻之${++this.#written}`,
      ...Array.from({ length: 4 }, paragraph),
    ];
    writeFileSync(join(this.path, name), lines.join('\n\n'));
    const time = Date.now() / 1000 + random.below(2_000_000) - 1_000_000;
    if (random.chance(0.5)) utimesSync(join(this.path, name), time, time);
  }
}

/** Everything that a generation says the articles are. */
export function digestOfView(view: LibraryView): string {
  return digestOf(view.articles().map((article) => lineOf(article.file, article)));
}

function lineOf(file: string, { title, paragraphs }: Article): string {
  return JSON.stringify([file, title, paragraphs.map(({ text }) => text)]);
}

function digestOf(lines: string[]): string {
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
