import { search as searchLibrary } from '../search/search.ts';
import type { RankedPassage } from '../search/types.ts';
import type { Command } from './command.ts';
import { FOLDER_FLAGS, UsageError, numberFlag, textFlag } from './command.ts';
import { readBatch } from './batch.ts';
import { searchingApp } from './prepared-app.ts';
import { configOf } from './settings.ts';

export const search: Command = {
  summary: 'Ranks the passages nearest to a question, without answering it.',
  usage: [
    'npm run search -- "question" [--json] [--top N]',
    'npm run search -- --batch FILE.jsonl --json [--top N]',
  ],
  flags: {
    json: { type: 'boolean', help: 'one JSON object a question' },
    top: { type: 'string', help: 'so many passages (10)' },
    batch: { type: 'string', help: 'JSON Lines with a "question" each; other keys are copied' },
    ...FOLDER_FLAGS,
  },
  async run(flags, words, surroundings) {
    const batch = textFlag(flags, 'batch');
    const question = words.join(' ').trim();
    if ((batch === undefined) === (question === '')) {
      throw new UsageError('Give one question, or a file with --batch.');
    }
    const limit = numberFlag(flags, 'top', 10);
    const app = await searchingApp(configOf(flags, surroundings), surroundings);
    try {
      for await (const line of batch === undefined ? [{ question }] : readBatch(batch)) {
        surroundings.signal.throwIfAborted();
        const { embedder, secondLook } = app;
        const view = app.library.view();
        const passages =
          view === null
            ? []
            : (await searchLibrary(line.question, { view, embedder, secondLook, limit })).passages;
        surroundings.stdout.write(
          flags['json'] === true
            ? `${JSON.stringify({ ...line, passages: passages.map(passageJson) })}\n`
            : `${passages.map(listed).join('\n')}\n`,
        );
      }
      return 0;
    } finally {
      await app.close();
    }
  },
};

/** The passage in the words of the JSON contract. */
function passageJson({ passage, score, lexicalRank, denseRank }: RankedPassage) {
  const { paragraph } = passage;
  const { title, source, date } = paragraph.article;
  const article = { id: paragraph.articleId, title, source, date, file: paragraph.file };
  return { paragraph: paragraph.text, article, score, lexicalRank, denseRank };
}

function listed({ passage, score }: RankedPassage): string {
  const { text, number, article } = passage.paragraph;
  return `${score.toFixed(3)}  ${article.title} · ${number}\n       ${text.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
}
