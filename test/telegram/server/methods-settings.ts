import type { Method } from './methods.ts';
import type { Parameters } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { Fields } from './schema.ts';
import { lengthOf } from './text.ts';
import type { World } from './world.ts';

/** Which of several menus, names or descriptions a call is about. */
export function settingKey(name: string, scope: Fields | undefined, language: string): string {
  const { type = 'default', chat_id = '', user_id = '' } = scope ?? {};
  return [name, type, chat_id, user_id, language].join(':');
}

function keyOf(world: World, name: string, parameters: Parameters): string {
  const scope = parameters.object('scope');
  const language = parameters.string('language_code') ?? '';
  if (language !== '' && !/^[a-z]{2}$/u.test(language)) {
    throw badRequest('invalid language code specified');
  }
  if (scope?.['chat_id'] !== undefined) {
    const room = world.writableRoom(scope['chat_id']);
    const forGroups = scope['type'] === 'chat_administrators' || scope['type'] === 'chat_member';
    if (forGroups && room.type !== 'group' && room.type !== 'supergroup') {
      throw badRequest("can't use specified scope in the chat");
    }
  }
  return settingKey(name, scope, language);
}

function checkCommand({ command, description }: Fields): void {
  const name = String(command);
  if (name.trim() === '') throw badRequest('command name must be non-empty');
  if (name.length > 32) throw badRequest('command length must not exceed 32');
  if (!/^[a-z0-9_]+$/u.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  if (String(description).trim() === '') throw badRequest('command description must be non-empty');
  if (lengthOf(String(description)) > 256) {
    throw badRequest('command description length must not exceed 256');
  }
}

function setMyCommands(world: World, parameters: Parameters): true {
  const commands = parameters.objects('commands');
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  for (const command of commands) checkCommand(command);
  world.settings.set(keyOf(world, 'commands', parameters), commands);
  return true;
}

/** `setMyName` and its kind: one text for each language. */
function textSetting(field: string, most: number): Readonly<Record<'set' | 'get', Method>> {
  return {
    set: (world, parameters) => {
      const text = parameters.string(field) ?? '';
      if (lengthOf(text) > most) throw badRequest(`bot ${field.replace('_', ' ')} is too long`);
      world.settings.set(keyOf(world, field, parameters), text);
      return true;
    },
    get: (world, parameters) => ({
      [field]: world.settings.get(keyOf(world, field, parameters)) ?? '',
    }),
  };
}

const name = textSetting('name', 64);
const description = textSetting('description', 512);
const shortDescription = textSetting('short_description', 120);

function menuButtonKey(world: World, parameters: Parameters): string {
  const chatId = parameters.fields['chat_id'];
  if (chatId === undefined) return 'menu_button';
  const room = world.writableRoom(chatId);
  if (room.type !== 'private') throw badRequest('chat not found');
  return `menu_button:${room.id}`;
}

export const settingMethods: Readonly<Record<string, Method>> = {
  setMyCommands,
  getMyCommands: (world, parameters) =>
    world.settings.get(keyOf(world, 'commands', parameters)) ?? [],
  deleteMyCommands: (world, parameters) => {
    world.settings.delete(keyOf(world, 'commands', parameters));
    return true;
  },
  setMyName: name.set,
  getMyName: name.get,
  setMyDescription: description.set,
  getMyDescription: description.get,
  setMyShortDescription: shortDescription.set,
  getMyShortDescription: shortDescription.get,
  setChatMenuButton: (world, parameters) => {
    world.settings.set(menuButtonKey(world, parameters), parameters.object('menu_button'));
    return true;
  },
  getChatMenuButton: (world, parameters) =>
    world.settings.get(menuButtonKey(world, parameters)) ?? { type: 'commands' },
};
