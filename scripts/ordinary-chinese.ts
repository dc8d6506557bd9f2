/**
 * Makes src/answers/written/ordinary-chinese.json: the words that jieba's dictionary takes for names
 * (城市, 深度, 文明) and CC-CEDICT, which writes the readings of names with a capital, for ordinary words.
 *
 *   node --import tsx scripts/ordinary-chinese.ts ../shared/training/cedict.txt.gz
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dict } from '@node-rs/jieba/dict.js';

const [file = '../shared/training/cedict.txt.gz'] = process.argv.slice(2);
const ordinary = new Set<string>();
const names = new Set<string>();
for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
  const [, word, first] = /^\S+ (\S+) \[(.)/.exec(line) ?? [];
  if (word === undefined || first === undefined) continue;
  (first === first.toLowerCase() ? ordinary : names).add(word);
}
const words = new TextDecoder()
  .decode(dict)
  .split('\n')
  .map((line) => line.split(' '))
  .filter(([word = '', , tag = '']) => word.length > 1 && /^(?:nr|ns|nt|nz)/.test(tag))
  .flatMap(([word = '']) => (ordinary.has(word) && !names.has(word) ? [word] : []));
const source =
  'From CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0) and the dictionary of jieba (MIT); under CC BY-SA 4.0.';
writeFileSync(
  'src/answers/written/ordinary-chinese.json',
  `${JSON.stringify({ source, words: words.join(' ') }, null, 2)}\n`,
);
console.log(`${words.length} words`);
