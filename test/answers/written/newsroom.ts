import { createAsk } from '../../../src/answers/ask.ts';
import { createWrittenAsk } from '../../../src/answers/written/written-ask.ts';
import type { WrittenAskDependencies } from '../../../src/answers/written/written-ask.ts';
import { openEmbedder } from '../../../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../../../src/embedding/shipped-model.ts';
import { ChatCompletions } from '../../../src/language-model/chat-completions.ts';
import { readPrompts } from '../../../src/language-model/prompt-files.ts';
import { openLibrary } from '../../../src/library/library.ts';
import type { OpenLibrary } from '../../../src/library/library.ts';
import type { Ask, Embedder } from '../../../src/ports.ts';
import type { Answer, WritingReport } from '../../../src/types.ts';
import { Playground } from '../../indexing/playground.ts';
import { ScriptedServer } from '../../language-model/scripted-server.ts';
import { ARTICLES } from './newsroom-articles.ts';

/** Chinese articles in a library, the shipped embedding model, and a scripted server that is a language model. */
export class Newsroom {
  readonly server: ScriptedServer;
  readonly library: OpenLibrary;
  readonly quoting: Ask;
  readonly #playground: Playground;
  readonly #embedder: Embedder;

  private constructor(
    playground: Playground,
    parts: { server: ScriptedServer; library: OpenLibrary; embedder: Embedder },
  ) {
    this.#playground = playground;
    this.#embedder = parts.embedder;
    this.server = parts.server;
    this.library = parts.library;
    this.quoting = createAsk(parts);
  }

  static async open(): Promise<Newsroom> {
    const playground = new Playground();
    const embedder = await openEmbedder({
      model: SHIPPED_MODEL,
      modelsDir: 'embeddings/models',
      cacheDir: playground.root,
      workers: 1,
    });
    for (const [file, blocks] of Object.entries(ARTICLES)) {
      playground.writeBytes(file, blocks.join('\n\n'));
    }
    const { dataDir } = playground;
    await playground.index({ embedder });
    const library = await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
    const server = await ScriptedServer.start();
    return new Newsroom(playground, { server, library, embedder });
  }

  /** Asks with the language model. */
  async ask(
    question: string,
    options: Parameters<Ask>[1] = {},
    changed: Partial<WrittenAskDependencies> = {},
  ): Promise<{ answer: Answer; drafts: Answer[]; report: WritingReport | undefined }> {
    const drafts: Answer[] = [];
    let report: WritingReport | undefined;
    const ask = await this.writtenAsk(changed);
    const answer = await ask(question, {
      onDraft: (draft) => drafts.push(draft),
      onReport: (told) => (report = told),
      ...options,
    });
    return { answer, drafts, report };
  }

  async writtenAsk(changed: Partial<WrittenAskDependencies> = {}): Promise<Ask> {
    return createWrittenAsk({
      ask: this.quoting,
      library: this.library,
      embedder: this.#embedder,
      languageModel: this.model(),
      prompts: await readPrompts(),
      patience: 10_000,
      ...changed,
    });
  }

  /** A folder that goes away with the newsroom. */
  get folder(): string {
    return this.#playground.root;
  }

  model(limits = { firstWord: 4000, whole: 8000 }): ChatCompletions {
    return new ChatCompletions({
      baseUrl: this.server.baseUrl,
      model: 'scripted',
      apiKey: 'sk-secret-1234567890',
      limits,
      retry: { attempts: 2, pause: 5, longestPause: 100 },
    });
  }

  async close(): Promise<void> {
    this.library.close();
    await this.server.close();
    await this.#embedder.close();
    this.#playground.close();
  }
}
