import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createAsk } from '../../src/answers/ask.ts';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { holdDialogues, readDialogues } from '../../src/evaluation/dialogues.ts';
import type { Dialogue } from '../../src/evaluation/dialogues.ts';
import type { Outcome } from '../../src/evaluation/outcome.ts';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import { openLibrary } from '../../src/library/library.ts';

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

async function hold(dialogues: readonly Dialogue[]): Promise<Outcome[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yuanwen-dialogues-'));
  const embedder = await openEmbedder({
    model: SHIPPED_MODEL,
    modelsDir: inRepository('embeddings/models'),
    cacheDir: dataDir,
    workers: 1,
  });
  await indexLibrary({ folder: inRepository('data/articles'), dataDir, embedder });
  const library = await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
  const outcomes = await holdDialogues(dialogues, createAsk({ library, embedder }));
  library.close();
  await embedder.close();
  await rm(dataDir, { recursive: true });
  return outcomes;
}

it('finds the answers of conversations about the sample articles', async () => {
  const dialogues = readDialogues(inRepository('data/evaluation/dialogues.jsonl'));
  expect(dialogues.length).toBeGreaterThanOrEqual(40);

  const outcomes = await hold(dialogues);
  const isRight = ({ quote, answered, rank }: Outcome): boolean =>
    quote === null ? !answered : answered && rank === 1;
  const rightOf = (kind: string): number => {
    const some = outcomes.filter((outcome) => outcome.kind === kind);
    return some.filter(isRight).length / some.length;
  };
  expect(rightOf('first turn')).toBeGreaterThanOrEqual(0.85);
  expect(rightOf('follow-up')).toBeGreaterThanOrEqual(0.85);
});
