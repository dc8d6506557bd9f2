/** Texts → a library in a temporary folder, indexed as any other. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { Embedder, LibraryView } from '../../src/ports.ts';

export interface PlainArticle {
  readonly title: string;
  readonly text: string;
}

/**
 * Indexes one file an article and hands the library over; the folder is removed afterwards. Files are
 * named by `fileOf`, from which the article's place in the list can be told.
 */
export async function withLibrary(
  articles: readonly PlainArticle[],
  embedder: Embedder,
  use: (view: LibraryView) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yuanwen-training-'));
  try {
    await mkdir(join(folder, 'articles'));
    await Promise.all(
      articles.map(({ title, text }, index) =>
        writeFile(
          join(folder, 'articles', fileOf(index)),
          `# ${title}\n\n${text.replaceAll(/\s+/g, ' ')}\n`,
        ),
      ),
    );
    await indexLibrary({ folder: join(folder, 'articles'), dataDir: folder, embedder });
    const library = await openLibrary({ dataDir: folder, fingerprint: embedder.fingerprint });
    const view = library.view();
    if (view !== null) await use(view);
    library.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The name of an article's file, by its place in the list. */
export function fileOf(index: number): string {
  return `${String(index).padStart(6, '0')}.md`;
}
