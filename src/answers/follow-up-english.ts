/** English follow-up questions: pronouns, bare question words, "what about". Pure. */
import type { Turn } from '../types.ts';
import { topicOf } from './topic.ts';

const THING = /\b(?:it|they|them|this|that|these|those)\b(?!\s+(?:is|was)\s+(?:true|possible))/i;
const OWNED = /\b(?:its|their)\b/i;
/** Not the `there` of `there is`. */
const PLACE =
  /(?<!\b(?:is|are|was|were|will|would|be|been) )\bthere\b(?! (?:is|are|was|were|will|would|ha[sd]|have|be)\b)/i;
const PERSON = /\b(?:he|she|him)\b/i;
const HIS = /\b(?:his|her)\b/i;
const WHAT_ABOUT = /^(?:and |but |so )?(?:what|how) about (?<what>[^?]{1,40})\??$/i;
const BARE =
  /^(?:and |but |so )?(?:when|where|why|who|how|how many|how much|which ones?|since when|by whom)\s*(?:exactly)?\??$/i;
/** Two or three capitalised words that do not belong to a place or an institution named by a preposition. */
const FULL_NAME =
  /(?<!\b(?:of|in|at|to|between|and|the|from) )\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b/g;

/** Null when the question stands alone. */
export function followUpInEnglish(text: string, last: Turn): string | null {
  const topic = topicOf(last.resolved);
  const about = WHAT_ABOUT.exec(text)?.groups?.['what'];
  if (about !== undefined) return whatAbout(about, last.resolved, topic);
  if (BARE.test(text)) return `${text.replace(/[?\s]+$/, '')} ${bodyOf(last.resolved)}?`;
  if (HIS.test(text)) return text.replace(HIS, `${person(last) ?? topic}'s`);
  if (PERSON.test(text)) return text.replace(PERSON, person(last) ?? topic);
  if (OWNED.test(text)) return text.replace(OWNED, `${topic}'s`);
  if (PLACE.test(text))
    return text.replace(PLACE, /^(?:in|on|at) /.test(topic) ? topic : `in ${topic}`);
  return THING.test(text) ? text.replace(THING, topic) : null;
}

/** What is named takes the place of the name in the last question, or is added to it. */
function whatAbout(what: string, resolved: string, topic: string): string {
  const name = /[A-Z][\w-]*(?: [A-Z][\w-]*)*$/.exec(topic)?.[0];
  if (name !== undefined) return resolved.replace(name, what);
  return `${resolved.replace(/[?\s]+$/, '')} for ${what}?`;
}

/** The name in the last question, or the first in its answer that the question did not say. */
const TITLES =
  /\b(?:Mr|Mrs|Ms|Dr|Sir|Mayor|President|Minister|Professor|Councillor|Senator|Nurse|Captain|Director)\.? /g;

function person({ resolved, quote }: Turn): string | null {
  const [asked] = resolved.match(FULL_NAME) ?? [];
  if (asked !== undefined && /^who is /i.test(resolved)) return asked;
  const answered = quote.replaceAll(/\s+/g, ' ').replaceAll(TITLES, '').match(FULL_NAME) ?? [];
  return answered.find((name) => !resolved.includes(name)) ?? asked ?? null;
}

/** An English question without its question word and mark. */
function bodyOf(question: string): string {
  return question
    .replace(/^\s*(?:when|where|why|who|what|which|how(?: many| much)?)\s+/i, '')
    .replace(/[?\s]+$/, '');
}
