import { parse } from 'yaml';
import type { Span } from '../types.ts';
import { dateIn } from './dates.ts';

/** What a file's front matter says; null and empty where it says nothing. */
export interface FrontMatter {
  readonly title: string | null;
  readonly date: string | null;
  readonly authors: readonly string[];
  readonly source: string | null;
  readonly url: string | null;
  /** Where it stands in the text, with its `---` lines; null when there is none. */
  readonly span: Span | null;
}

const NONE: FrontMatter = {
  title: null,
  date: null,
  authors: [],
  source: null,
  url: null,
  span: null,
};

/**
 * Reads the YAML between `---` lines at the start of a text. Faulty YAML is read line by line as
 * `key: value`; a block that has no such line either is no front matter, and stays text.
 */
export function readFrontMatter(text: string): FrontMatter {
  const match = /^\s*---[ \t]*\r?\n(?<yaml>[\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(
    text,
  );
  const yaml = match?.groups?.['yaml'];
  if (match === null || yaml === undefined) return NONE;
  const values = parseYaml(yaml) ?? parseLines(yaml);
  if (values.size === 0) return NONE;
  const date = scalar(values.get('date') ?? values.get('published'));
  return {
    title: scalar(values.get('title')),
    date: date === null ? null : dateIn(date),
    authors: list(values.get('authors') ?? values.get('author')),
    source: scalar(values.get('source')),
    url: scalar(values.get('url')),
    span: [0, match[0].length],
  };
}

function parseYaml(yaml: string): Map<string, unknown> | null {
  try {
    // `failsafe` leaves every scalar a string: 2020-08-23 and 007 stay as they were written.
    const value: unknown = parse(yaml, { schema: 'failsafe', logLevel: 'error' });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return new Map(Object.entries(value).map(([key, entry]) => [key.toLowerCase(), entry]));
  } catch {
    return null;
  }
}

function parseLines(yaml: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const line of yaml.split(/\r?\n/)) {
    const match = /^(?<key>[A-Za-z]+)\s*[:：]\s*(?<value>.+)$/.exec(line.trim());
    const { key, value } = match?.groups ?? {};
    if (key === undefined || value === undefined) continue;
    values.set(key.toLowerCase(), value.trim().replace(/^(["'])(?<inner>.*)\1$/, '$<inner>'));
  }
  return values;
}

function scalar(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.replace(/\s+/g, ' ').trim();
  return trimmed === '' ? null : trimmed;
}

function list(value: unknown): string[] {
  const entries: unknown[] = Array.isArray(value)
    ? value
    : (scalar(value)?.split(/[、,，;；]/) ?? []);
  return entries.map((entry) => scalar(entry)).filter((entry) => entry !== null);
}
