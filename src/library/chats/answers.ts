import type { Database } from 'better-sqlite3';
import { fold } from '../../text/fold.ts';
import { keyOf } from './keys.ts';

/** What the buttons below an answer need to know. */
export interface SentAnswer {
  readonly key: string;
  /** Null after the person's words were forgotten. */
  readonly question: string | null;
  /** The question as it was understood; it stands alone. */
  readonly resolved: string | null;
  readonly answered: boolean;
  /** Keys of the citations in the message (for a refusal: the closest passages), best first. */
  readonly shown: readonly string[];
  /** Keys of further citations. */
  readonly more: readonly string[];
  /** Ids of the messages that make up the answer. */
  readonly sent: readonly number[];
}

export interface NewAnswer {
  /** From `answerKey`; an answer that is given anew keeps its key. */
  readonly key: string;
  readonly chatId: number;
  readonly userId: number;
  readonly messageId: number;
  readonly question: string;
  readonly resolved: string;
  readonly answered: boolean;
  readonly shown: readonly string[];
  readonly more: readonly string[];
}

/** A question that went badly. */
export interface OpenQuestion {
  readonly question: string;
  readonly refused: number;
  readonly disliked: number;
}

export type Vote = -1 | 1;

interface Row {
  key: string;
  question: string | null;
  resolved: string | null;
  answered: number;
  shown: string;
  more: string;
  sent: string;
}

const COLUMNS = 'key, question, resolved, answered, shown, more, sent';

/** The key of the answer to an update: the same when the update is handled again. */
export function answerKey(updateId: number, chatId: number): string {
  return keyOf('answer', String(updateId), String(chatId));
}

/** The answers that were sent, what people thought of them, and the questions that had none. */
export class AnswerLog {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Given anew (an edited question, a repeated attempt), the answer takes the place of the earlier. */
  record(answer: NewAnswer, now = Date.now()): void {
    this.db
      .prepare(
        `INSERT INTO answers
           (key, chat_id, user_id, message_id, question, topic, resolved, answered, shown, more, asked_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET
           question = excluded.question, topic = excluded.topic, resolved = excluded.resolved,
           answered = excluded.answered, shown = excluded.shown, more = excluded.more,
           user_id = excluded.user_id, asked_at = excluded.asked_at`,
      )
      .run(
        answer.key,
        answer.chatId,
        answer.userId,
        answer.messageId,
        answer.question,
        topicOf(answer.resolved),
        answer.resolved,
        answer.answered ? 1 : 0,
        JSON.stringify(answer.shown),
        JSON.stringify(answer.more),
        now,
      );
  }

  setSent(key: string, messageIds: readonly number[]): void {
    this.db
      .prepare<[string, string]>('UPDATE answers SET sent = ? WHERE key = ?')
      .run(JSON.stringify(messageIds), key);
  }

  /** Keeps what "more passages" found, so that it shows the same for ever. */
  setMore(key: string, citationKeys: readonly string[]): void {
    this.db
      .prepare<[string, string]>('UPDATE answers SET more = ? WHERE key = ?')
      .run(JSON.stringify(citationKeys), key);
  }

  find(key: string): SentAnswer | null {
    const row = this.db
      .prepare<[string], Row>(`SELECT ${COLUMNS} FROM answers WHERE key = ?`)
      .get(key);
    return row === undefined ? null : sentAnswer(row);
  }

  /** The answer to the question that stands in this message. */
  findByMessage(chatId: number, messageId: number): SentAnswer | null {
    const row = this.db
      .prepare<[number, number], Row>(
        `SELECT ${COLUMNS} FROM answers WHERE chat_id = ? AND message_id = ? ORDER BY asked_at DESC`,
      )
      .get(chatId, messageId);
    return row === undefined ? null : sentAnswer(row);
  }

  /**
   * One vote a person; the same vote again takes it back.
   * @returns the vote that now stands, 0 for none
   */
  vote(key: string, userId: number, vote: Vote): Vote | 0 {
    const before = this.db
      .prepare<[string, number], { vote: number }>(
        'SELECT vote FROM feedback WHERE answer_key = ? AND user_id = ?',
      )
      .get(key, userId);
    if (before?.vote === vote) {
      this.db
        .prepare<[string, number]>('DELETE FROM feedback WHERE answer_key = ? AND user_id = ?')
        .run(key, userId);
      return 0;
    }
    this.db
      .prepare<[string, number, number]>(
        `INSERT INTO feedback (answer_key, user_id, vote) VALUES (?, ?, ?)
         ON CONFLICT (answer_key, user_id) DO UPDATE SET vote = excluded.vote`,
      )
      .run(key, userId, vote);
    return vote;
  }

  /**
   * The questions refused or disliked most. One that was answered when it was last asked is settled,
   * unless somebody disliked an answer to it.
   */
  openQuestions(limit: number): OpenQuestion[] {
    return this.db
      .prepare<[number], OpenQuestion>(
        `SELECT question, refused, disliked FROM (
           SELECT resolved AS question, answered AS settled, max(asked_at) AS last,
             sum(1 - answered) AS refused, sum(dislikes) AS disliked
           FROM (SELECT answers.*,
                   (SELECT count(*) FROM feedback WHERE answer_key = key AND vote = -1) AS dislikes
                 FROM answers WHERE topic IS NOT NULL)
           GROUP BY topic)
         WHERE (refused > 0 AND NOT settled) OR disliked > 0
         ORDER BY refused + disliked DESC, last DESC
         LIMIT ?`,
      )
      .all(limit);
  }

  /** Takes the words and the people out of answers older than this; the buttons go on working. */
  anonymise(before: number): void {
    this.db
      .prepare<[number]>(
        `UPDATE answers SET question = NULL, resolved = NULL, topic = NULL, user_id = NULL
         WHERE asked_at < ? AND question IS NOT NULL`,
      )
      .run(before);
  }

  forget(userId: number): void {
    this.db
      .prepare<[number]>(
        `UPDATE answers SET question = NULL, resolved = NULL, topic = NULL, user_id = NULL
         WHERE user_id = ?`,
      )
      .run(userId);
    this.db.prepare<[number]>('DELETE FROM feedback WHERE user_id = ?').run(userId);
  }
}

/** The form in which equal questions are counted together. */
function topicOf(question: string): string {
  return fold(question).replaceAll(/[\s\p{P}]+/gu, '');
}

function sentAnswer(row: Row): SentAnswer {
  return {
    ...row,
    answered: row.answered === 1,
    shown: JSON.parse(row.shown),
    more: JSON.parse(row.more),
    sent: JSON.parse(row.sent),
  };
}
