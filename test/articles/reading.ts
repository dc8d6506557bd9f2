import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArticles } from '../../src/articles/read.ts';
import type { ReadFile } from '../../src/articles/read.ts';

/** Reads a text as if it lay in the articles folder under that name. */
export function readText(text: string, file = 'page.txt'): ReadFile {
  return readArticles(new TextEncoder().encode(text), file);
}

export function pageText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`pages/${name}`, import.meta.url)), 'utf8');
}

/** Reads one of the pages in `pages/`. */
export function readPage(name: string): ReadFile {
  return readText(pageText(name), name);
}

export function titles({ articles }: ReadFile): string[] {
  return articles.map(({ title }) => title);
}

export function texts({ articles }: ReadFile): string[] {
  return articles.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text));
}
