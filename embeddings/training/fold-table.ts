/** Prints what each character folds to, so that the model is trained on the text that it will be given. */
import { fold } from '../../src/text/fold.ts';

const table: Record<string, string> = {};
for (let code = 1; code <= 0xffff; code += 1) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) continue;
  const folded = fold(character);
  if (folded !== character) table[character] = folded;
}
console.log(JSON.stringify(table));
