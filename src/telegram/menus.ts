import type { BotCommandScope } from 'telegraf/types';
import type { Language } from '../types.ts';
import type { Desk } from './context.ts';

const FOR_GROUPS = [
  ['ask', 'command-ask'],
  ['articles', 'command-articles'],
  ['latest', 'command-latest'],
  ['new', 'command-new'],
  ['language', 'command-language'],
  ['help', 'command-help'],
] as const;

const FOR_EVERYBODY = [
  ['start', 'command-start'],
  ...FOR_GROUPS,
  ['privacy', 'command-privacy'],
  ['forget', 'command-forget'],
] as const;

const FOR_ADMINS = [
  ...FOR_EVERYBODY,
  ['reindex', 'command-reindex'],
  ['status', 'command-status'],
  ['unanswered', 'command-unanswered'],
  ['rollback', 'command-rollback'],
  ['remove', 'command-remove'],
  ['backup', 'command-backup'],
] as const;

type Menu = readonly (readonly [command: string, words: string])[];

/** Telegram knows languages by two letters; clients in other languages get English. */
const MENU_LANGUAGES = [
  { code: undefined, language: 'en' },
  { code: 'zh', language: 'zh-Hans' },
] as const;

/** Tells Telegram which commands to offer: everywhere, in private chats and in groups. */
export async function setMenus(desk: Desk): Promise<void> {
  const menus: (readonly [BotCommandScope, Menu])[] = [
    [{ type: 'default' }, FOR_EVERYBODY],
    [{ type: 'all_private_chats' }, FOR_EVERYBODY],
    [{ type: 'all_group_chats' }, FOR_GROUPS],
  ];
  for (const [scope, menu] of menus) await setMenu(desk, scope, menu);
}

/** The menu of one chat: in the language chosen there, with the admins' commands for an admin. */
export async function showMenu(desk: Desk, chatId: number, chosen: Language | null): Promise<void> {
  const isAdmin = desk.settings.adminIds.includes(chatId);
  const ordinary = chatId < 0 ? FOR_GROUPS : FOR_EVERYBODY;
  const scope = { type: 'chat', chat_id: chatId } as const;
  await setMenu(desk, scope, isAdmin ? FOR_ADMINS : ordinary, chosen);
}

async function setMenu(
  { telegram, vocabulary, log }: Desk,
  scope: BotCommandScope,
  menu: Menu,
  chosen: Language | null = null,
): Promise<void> {
  for (const { code, language } of MENU_LANGUAGES) {
    const words = vocabulary[chosen ?? language];
    const commands = menu.map(([command, id]) => ({ command, description: words(id) }));
    try {
      await telegram.setMyCommands(commands, {
        scope,
        ...(code === undefined ? {} : { language_code: code }),
      });
    } catch (error) {
      // A menu is a convenience; every command works without.
      log.warn({ err: error, scope: scope.type }, 'menu not set');
    }
  }
}
