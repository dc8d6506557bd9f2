import { preparedApp } from './prepared-app.ts';
import type { StoredArticle } from '../types.ts';
import type { Command } from './command.ts';
import { FOLDER_FLAGS, UsageError } from './command.ts';
import { configOf } from './settings.ts';

/** How many articles are read from the library at a time. */
const PAGE = 500;

export const articles: Command = {
  summary: 'Lists the articles of the library.',
  usage: ['npm run articles -- [--json]'],
  flags: {
    json: { type: 'boolean', help: 'one JSON object an article, with its paragraphs' },
    ...FOLDER_FLAGS,
  },
  async run(flags, words, surroundings) {
    if (words.length > 0) throw new UsageError('It takes no words, only flags.');
    const app = await preparedApp(configOf(flags, surroundings), surroundings);
    try {
      const view = app.library.view();
      const count = view?.articleCount ?? 0;
      for (let offset = 0; offset < count; offset += PAGE) {
        for (const article of view?.articles({ offset, limit: PAGE }) ?? []) {
          surroundings.stdout.write(
            `${flags['json'] === true ? JSON.stringify(articleJson(article)) : listed(article)}\n`,
          );
        }
      }
      return 0;
    } finally {
      await app.close();
    }
  },
};

/** The article in the words of the JSON contract. */
function articleJson(article: StoredArticle): Record<string, unknown> {
  const { id, title, kicker, deck, source, authors, date, file, subheads } = article;
  const paragraphs = article.paragraphs.map(({ number, text, spans }) => ({ number, text, spans }));
  return { id, title, kicker, deck, source, authors, date, file, subheads, paragraphs };
}

function listed(article: StoredArticle): string {
  const facts = [
    article.source,
    article.date,
    `${article.file} (${article.paragraphs.length} paragraphs)`,
  ];
  return `${article.title}\n    ${facts.filter((fact) => fact !== null).join(', ')}`;
}
