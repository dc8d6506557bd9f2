/** What people type that asks nothing of the articles. */
import { fold } from '../text/fold.ts';
import type { Silence } from './compose.ts';

/** A question longer than this is a pasted text, in UTF-16 units. */
const LONGEST_QUESTION = 1000;

const SMALL_TALK =
  /^(?:(?:你|您|大家)?好[啊呀吗]?|早上好|上午好|下午好|晚上好|早安|晚安|哈喽|嗨|谢谢你?|多谢|感谢|再见|拜拜|好的|知道了|明白了?|在吗|你是谁|你叫什么(?:名字)?|你能做什么|你会什么|hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: very much)?|bye|goodbye|ok(?:ay)?|who are you|what can you do|what is your name)$/;

/** Why a text can't be answered before anything is looked up; null when it may be a question. */
export function askedNothing(text: string): Silence | null {
  const words = fold(text)
    .replaceAll(/[^\p{L}\p{N}\s]/gu, '')
    .trim();
  if (words === '') return 'nothing-asked';
  if (text.length > LONGEST_QUESTION) return 'too-long';
  return SMALL_TALK.test(words) ? 'no-question' : null;
}
