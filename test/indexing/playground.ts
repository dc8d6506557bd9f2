import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import type { IndexOptions, IndexResult } from '../../src/indexing/options.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { LibraryView } from '../../src/ports.ts';
import { hashingEmbedder } from './hashing-embedder.ts';

/** A folder of articles and a data folder, to be thrown away. */
export class Playground {
  readonly root = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  readonly folder = join(this.root, 'articles');
  readonly dataDir = join(this.root, 'data');
  embedder = hashingEmbedder();
  #library: OpenLibrary | null = null;

  constructor() {
    mkdirSync(this.folder);
  }

  /** Writes an article file: a title, then paragraphs. */
  write(file: string, title: string, ...paragraphs: string[]): void {
    this.writeBytes(file, [title, ...paragraphs].join('\n\n'));
  }

  writeBytes(file: string, bytes: string | Uint8Array): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }

  rename(from: string, to: string): void {
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  remove(file: string): void {
    rmSync(join(this.folder, file), { recursive: true });
  }

  /** Makes files look as if they had last been changed an hour ago. */
  age(...files: string[]): void {
    const time = Date.now() / 1000 - 3600;
    for (const file of files) utimesSync(join(this.folder, file), time, time);
  }

  index(options: Partial<IndexOptions> = {}): Promise<IndexResult> {
    const { folder, dataDir, embedder } = this;
    return indexLibrary({ folder, dataDir, embedder, ...options });
  }

  /** What readers see now. */
  async view(): Promise<LibraryView> {
    const { dataDir, embedder } = this;
    this.#library ??= await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
    await this.#library.refresh();
    const view = this.#library.view();
    if (view === null) throw new Error('nothing has been indexed');
    return view;
  }

  async titles(): Promise<string[]> {
    const view = await this.view();
    return view.articles().map(({ title }) => title);
  }

  close(): void {
    this.#library?.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}
