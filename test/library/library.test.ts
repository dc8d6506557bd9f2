import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import { openLibrary } from '../../src/library/library.ts';
import { indexTokens } from '../../src/text/tokens.ts';
import { hashingEmbedder } from '../indexing/hashing-embedder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanwen-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('an indexed article is found by words and by vector, and quotes come out exactly', async () => {
  const text = '茶香飘进老城\n\n老城的茶馆昨日重新开张。\n\n馆主说，茶叶来自山里。\n';
  writeFileSync(join(root, 'tea.txt'), text);
  const embedder = hashingEmbedder();
  const dataDir = join(root, 'data');

  const library = await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
  expect(library.view()).toBeNull();
  const result = await indexLibrary({ folder: root, dataDir, embedder });
  await library.refresh();
  const view = library.view();
  if (view === null) throw new Error('nothing was indexed');

  expect(result).toMatchObject({ generation: 1, articles: 1, added: 1, passages: 2 });
  expect(result.embedded).toBe(embedder.embedded.size);
  const [hit] = view.matchTerms({
    terms: indexTokens('茶叶'),
    bodyWeight: 1,
    headWeight: 0.5,
    limit: 5,
  });
  const [passage] = view.passages([hit?.id ?? 0]);
  expect(passage?.paragraph.text).toBe('馆主说，茶叶来自山里。');
  const [span] = passage?.paragraph.spans ?? [];
  expect(text.slice(...(span ?? [0, 0]))).toBe('馆主说，茶叶来自山里。');
  const [near] = view.nearest(await embedder.embedQuestion('老城的茶馆昨日重新开张'), 1);
  expect(view.passages([near?.id ?? 0])[0]?.paragraph.text).toContain('茶馆');
  library.close();
});
