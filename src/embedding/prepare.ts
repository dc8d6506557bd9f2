import { fold } from '../text/fold.ts';
import type { Role } from './protocol.ts';
import type { Recipe } from './recipe.ts';

/** No tokenizer makes tokens longer than this on average; more text would be cut after tokenising. */
const charactersPerToken = 16;

/** The text without halves of characters, and not far beyond what so many tokens hold. */
export function wellFormed(text: string, maxTokens: number): string {
  return text.slice(0, maxTokens * charactersPerToken).replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** The text as the model wants it: well formed, folded, with its prefix, and not far beyond its limit. */
export function prepared(text: string, role: Role, recipe: Recipe): string {
  const plain = wellFormed(text, recipe.maxTokens);
  const folded = recipe.fold ? fold(plain) : plain;
  return (role === 'question' ? recipe.queryPrefix : recipe.passagePrefix) + folded;
}
