import { readFileSync, readdirSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { FluentVariable } from '@fluent/bundle';
import type { Language } from '../types.ts';

export const LANGUAGES: readonly Language[] = ['zh-Hans', 'zh-Hant', 'en'];

export type WordArguments = Record<string, FluentVariable>;

/** All texts a person reads, in one language. */
export type Words = (id: string, variables?: WordArguments) => string;

export type Vocabulary = Readonly<Record<Language, Words>>;

/** Reads the Fluent files below `locales/`. */
export function loadVocabulary(): Vocabulary {
  return { 'zh-Hans': load('zh-Hans'), 'zh-Hant': load('zh-Hant'), en: load('en') };
}

function load(language: Language): Words {
  // Telegram shows texts of both directions well by itself; isolation marks would stand in quotes.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const folder = new URL(`./locales/${language}/`, import.meta.url);
  for (const file of readdirSync(folder)) {
    bundle.addResource(new FluentResource(readFileSync(new URL(file, folder), 'utf8')));
  }
  return (id, variables) => {
    const pattern = bundle.getMessage(id)?.value;
    if (pattern === null || pattern === undefined) throw new Error(`no words for ${id}`);
    return bundle.formatPattern(pattern, variables);
  };
}

/**
 * The language for a client's language tag.
 * @param tag - IETF tag from Telegram, `zh-hant`, `zh-TW`, `en-GB`; may be missing
 */
export function languageOfTag(tag: string | undefined): Language {
  const [primary, ...rest] = (tag ?? '').toLowerCase().split(/[-_]/);
  if (primary !== 'zh') return primary === '' || primary === undefined ? 'zh-Hans' : 'en';
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-Hant' : 'zh-Hans';
}
