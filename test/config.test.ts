import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VARIABLES, parseConfig } from '../src/config.ts';
import { YuanwenError } from '../src/errors.ts';

function fault(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof YuanwenError) return error.message;
    throw error;
  }
  return '';
}

describe('the settings', () => {
  it('have a default each, so that nothing need be set', () => {
    expect(parseConfig({})).toMatchObject({
      botToken: undefined,
      adminIds: [],
      articlesDir: 'data/articles',
      dataDir: 'data',
      maxFileBytes: 20 * 1024 * 1024,
      keepGenerations: 3,
      refusal: 'balanced',
    });
  });

  it('count an empty variable as not given', () => {
    const empty = Object.fromEntries(VARIABLES.map((name) => [name, '']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  it('know no language model until one is named', () => {
    expect(parseConfig({}).languageModel).toBeUndefined();
    expect(fault({ LLM_BASE_URL: 'http://localhost:11434/v1' })).toContain('LLM_MODEL');
    const named = { LLM_MODEL: 'qwen3', LLM_BASE_URL: 'http://localhost:11434/v1/' };
    expect(parseConfig(named).languageModel).toEqual({
      model: 'qwen3',
      baseUrl: 'http://localhost:11434/v1',
      apiKey: undefined,
      timeout: 30_000,
      dailyBudget: 0,
      promptsDir: undefined,
    });
  });

  it('take flags before variables', () => {
    const config = parseConfig({ ARTICLES_DIR: 'a', DATA_DIR: 'b' }, { articles: 'c' });
    expect([config.articlesDir, config.dataDir]).toEqual(['c', 'b']);
  });

  it('read ids separated by commas of any kind', () => {
    expect(parseConfig({ ADMIN_IDS: '12, 34,-1005' }).adminIds).toEqual([12, 34, -1005]);
  });

  it('report every fault at once, by variable', () => {
    const told = fault({ ADMIN_IDS: 'me', REFUSAL: 'maybe', HTTP_PORT: '99999', WATCH: 'perhaps' });
    for (const name of ['ADMIN_IDS', 'REFUSAL', 'HTTP_PORT', 'WATCH']) expect(told).toContain(name);
  });

  it('never repeat a token or a webhook secret', () => {
    const told = fault({ BOT_TOKEN: 'hunter2', WEBHOOK_SECRET: 'open sesame' });
    expect(told).toContain('BOT_TOKEN');
    expect(told).toContain('WEBHOOK_SECRET');
    expect(told).not.toMatch(/hunter2|sesame/);
  });

  it('are all explained in .env.example, and nothing else is', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(VARIABLES));
  });
});
