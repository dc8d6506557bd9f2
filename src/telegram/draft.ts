import { setTimeout as sleep } from 'node:timers/promises';
import type { BotContext } from './context.ts';
import { deliver } from './deliver.ts';
import type { Message } from './messages/message.ts';
import { replace } from './sending.ts';
import type { Place } from './sending.ts';

/** Edits count as messages, of which a group may get 20 a minute. */
const EDIT_PAUSE_MS = 3_000;

/**
 * An answer that is shown while it is still written: as a draft in a private chat, where the server has
 * drafts; else as a message that is edited. Only the latest state is shown; a failure ends the showing,
 * never the answer.
 */
export class Draft {
  /** Ids of the messages that hold the answer so far; empty while it is only a draft. */
  sent: readonly number[] = [];
  private readonly ctx: BotContext;
  private readonly place: Place;
  private isDraft: boolean;
  private latest: readonly Message[] | null = null;
  private shown = '';
  private showing: Promise<void> | null = null;
  private readonly closed = new AbortController();

  constructor(ctx: BotContext, place: Place, isPrivate: boolean) {
    this.ctx = ctx;
    this.place = place;
    this.isDraft = isPrivate && ctx.desk.telegram.hasDrafts;
  }

  show(messages: readonly Message[]): void {
    this.latest = messages;
    this.showing ??= this.keepShowing();
  }

  /** Shows nothing more. Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.latest = null;
    this.closed.abort();
    await this.showing;
  }

  private async keepShowing(): Promise<void> {
    try {
      for (let next = this.latest; next !== null; next = this.latest) {
        this.latest = null;
        await this.put(next);
      }
    } catch (error) {
      if (!this.closed.signal.aborted) this.ctx.desk.log.debug({ err: error }, 'draft not shown');
    } finally {
      this.showing = null;
    }
  }

  private async put(messages: readonly Message[]): Promise<void> {
    const [first] = messages;
    if (first === undefined || first.html === this.shown) return;
    this.shown = first.html;
    if (this.isDraft && (await this.sendDraft(first.html))) return;
    const [messageId] = this.sent;
    if (messageId === undefined) {
      this.sent = await deliver(this.ctx, this.place, messages);
      return;
    }
    await sleep(EDIT_PAUSE_MS, undefined, { signal: this.closed.signal });
    const { telegram } = this.ctx.desk;
    await replace(telegram, { chatId: this.place.chatId, messageId }, this.latest?.[0] ?? first);
  }

  /** @returns whether the server has drafts */
  private async sendDraft(html: string): Promise<boolean> {
    const { desk, update } = this.ctx;
    try {
      await desk.telegram.sendMessageDraft(this.place, update.update_id, html);
    } catch (error) {
      desk.log.debug({ err: error }, 'the server shows no drafts');
      this.isDraft = false;
    }
    return this.isDraft;
  }
}
