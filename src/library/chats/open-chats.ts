import SQLite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { YuanwenError } from '../../errors.ts';
import { AnswerLog } from './answers.ts';
import { Conversations } from './conversations.ts';
import { Disk } from './disk.ts';
import { Inbox } from './inbox.ts';
import { Links } from './links.ts';
import { People } from './people.ts';
import { MIGRATIONS } from './schema.ts';
import { CitationShelf } from './shelf.ts';
import { WritingBudget } from './writing-budget.ts';

/** How long what people wrote is kept. */
export interface Retention {
  /** Turns for follow-ups, in hours. */
  readonly conversationHours: number;
  /** Questions and who asked them, in days. */
  readonly questionDays: number;
}

/** Everything the bot remembers of people, in one database. */
export interface ChatStore {
  readonly inbox: Inbox;
  readonly citations: CitationShelf;
  readonly answers: AnswerLog;
  readonly conversations: Conversations;
  readonly people: People;
  readonly links: Links;
  /** Not forgotten with a person, or forgetting would renew it; it is gone the next day. */
  readonly writingBudget: WritingBudget;
  /** All or nothing. */
  transaction<T>(work: () => T): T;
  /** Resolves when what was written so far would survive a power cut. */
  flush(): Promise<void>;
  /** A group became a supergroup. */
  moveChat(from: number, to: number): void;
  /** Deletes what is known of a person. Citations stay: they hold only what the articles say. */
  forget(userId: number): void;
  /** Applies the retention. */
  prune(retention: Retention, now?: number): void;
  close(): void;
}

/**
 * Opens (or makes) the database of people's state.
 * @param file - path of `chats.db`, or `:memory:`
 */
export function openChats(file: string): ChatStore {
  const db = openDatabase(file);
  const people = new People(db);
  const answers = new AnswerLog(db);
  const conversations = new Conversations(db);
  const inbox = new Inbox(db);
  const disk = new Disk(file);
  const transaction = <T>(work: () => T): T => db.transaction(work)();
  return {
    inbox,
    answers,
    conversations,
    people,
    citations: new CitationShelf(db),
    links: new Links(db),
    writingBudget: new WritingBudget(db),
    transaction,
    flush: async () => await disk.flush(),
    moveChat: (from, to) => transaction(() => people.moveChat(from, to)),
    forget: (userId) =>
      transaction(() => {
        for (const store of [answers, conversations, people]) store.forget(userId);
      }),
    prune: (retention, now = Date.now()) =>
      transaction(() => {
        inbox.prune(now);
        conversations.prune(now - retention.conversationHours * 3_600_000);
        answers.anonymise(now - retention.questionDays * 86_400_000);
      }),
    close: () => db.close(),
  };
}

function openDatabase(file: string): Database {
  const db = new SQLite(file);
  db.pragma('journal_mode = WAL');
  // What must survive a power cut is flushed by `Disk`.
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    db.close();
    throw new YuanwenError(
      'chats-newer',
      `${file} was written by a newer version of Yuanwen. Update the program, or move the file away to begin with an empty one.`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(migration);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
  return db;
}
