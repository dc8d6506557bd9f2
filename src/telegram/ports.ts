import type { Logger } from 'pino';
import type { ChatStore } from '../library/chats/open-chats.ts';
import type { Ask, Library } from '../ports.ts';

/** What the bot is built from; `compose` hands it over. */
export interface BotDependencies {
  readonly ask: Ask;
  readonly library: Library;
  readonly chats: ChatStore;
  readonly log: Logger;
}
