import type { Logger } from 'pino';
import type { IndexEvents, IndexPreview, IndexResult } from '../indexing/options.ts';
import type { BackupSummary } from '../library/backup.ts';
import type { ChatStore } from '../library/chats/open-chats.ts';
import type { Ask, Library } from '../ports.ts';
import type { StoredParagraph } from '../types.ts';

/** What the bot is built from; `compose` hands it over. */
export interface BotDependencies {
  /** In quotes, at once. */
  readonly ask: Ask;
  /** By a language model over quotes, where one is configured. */
  readonly askWriter?: Ask;
  readonly library: Library;
  readonly chats: ChatStore;
  /** The paragraphs closest to a question, best first, whether or not they answer it. */
  readonly search: (question: string, limit: number) => Promise<readonly StoredParagraph[]>;
  readonly indexing: IndexingDesk;
  readonly files: ArticleFiles;
  readonly golden: GoldenQuestions;
  readonly log: Logger;
}

/** The library's own affairs, as admins ask for them in the chat. All of it runs beside answering. */
export interface IndexingDesk {
  /** Brings the library up to date; what it resolves with is served. */
  run(
    options: {
      readonly full?: boolean;
      readonly allowRemovals?: boolean;
      readonly signal: AbortSignal;
    },
    events: IndexEvents,
  ): Promise<IndexResult>;
  preview(options: { readonly signal: AbortSignal }, events: IndexEvents): Promise<IndexPreview>;
  /** @returns the generation that serves now */
  rollBack(): Promise<number>;
  /** Copies the library into a file that is not there yet. */
  backUp(file: string): Promise<BackupSummary>;
}

/** What a file from the chat holds. */
export interface Inspection {
  /** Titles of the articles found. */
  readonly titles: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/** The articles folder, as admins change it from the chat. */
export interface ArticleFiles {
  /** Looks into a file or an archive without keeping anything. */
  inspect(name: string, bytes: Uint8Array): Promise<Inspection>;
  /** Stores it. @returns paths below the articles folder */
  add(name: string, bytes: Uint8Array): Promise<readonly string[]>;
  /** Moves a file of the articles folder to the trash. @returns its name there */
  remove(file: string): Promise<string>;
  /**
   * Takes one article out of its file.
   * @returns the name of the whole file in the trash
   */
  removeArticle(file: string, id: string): Promise<string>;
  /** Moves a file back from the trash. @returns its path below the articles folder */
  restore(trashed: string): Promise<string>;
}

/** Questions that every new state of the library must answer as well as the one before. */
export interface GoldenQuestions {
  /** @param quote - word for word what the answer must quote */
  add(question: string, quote: string): void;
}
