import type { Method } from './methods.ts';
import type { Parameters } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { Member, Room, ShownMessage, Topic } from './rooms.ts';
import type { Fields } from './schema.ts';
import { memberJson } from './world.ts';
import type { World } from './world.ts';

function chatJson(room: Room): Fields {
  return {
    ...room.toJson(),
    accent_color_id: 1,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(room.linked === undefined ? {} : { linked_chat_id: room.linked.id }),
  };
}

function memberOf(world: World, parameters: Parameters): Fields {
  const room = world.room(parameters.fields['chat_id']);
  const id = parameters.integer('user_id') ?? 0;
  const user = id === world.bot.id ? world.bot : world.people.get(id);
  if (user === undefined) throw badRequest('invalid user_id specified');
  if (room.type === 'private') return memberJson({ user, status: 'member' });
  return memberJson({ user, status: room.status(id) });
}

function messageOf(world: World, parameters: Parameters, what: string): ShownMessage {
  const room = world.writableRoom(parameters.fields['chat_id']);
  const message = room.message(parameters.integer('message_id') ?? 0);
  if (message === undefined) throw badRequest(`message to ${what} not found`);
  return message;
}

/** The topic that a call is about, in a supergroup where the bot may manage it. @throws Refusal */
function topicOf(world: World, parameters: Parameters): Topic {
  const room = forumOf(world, parameters);
  const topic = room.topics.get(parameters.integer('message_thread_id') ?? 0);
  if (topic === undefined) throw badRequest('message thread not found');
  return topic;
}

function forumOf(world: World, parameters: Parameters): Room {
  const room = world.writableRoom(parameters.fields['chat_id']);
  if (!room.forum) throw badRequest('the chat is not a forum');
  if (room.status(world.bot.id) !== 'administrator') {
    throw badRequest('not enough rights to manage topics');
  }
  return room;
}

function setMessageReaction(world: World, parameters: Parameters): true {
  messageOf(world, parameters, 'react');
  const reactions = parameters.objects('reaction');
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  if (reactions.some(({ type }) => type === 'paid')) throw badRequest('REACTION_INVALID');
  return true;
}

export const roomMethods: Readonly<Record<string, Method>> = {
  setMessageReaction,
  getChat: (world, parameters) => chatJson(world.room(parameters.fields['chat_id'])),
  getChatMember: memberOf,
  getChatAdministrators: (world, parameters) => {
    const room = world.room(parameters.fields['chat_id']);
    if (room.type === 'private') {
      throw badRequest('there are no administrators in the private chat');
    }
    return [...room.members.values()]
      .filter(({ status }) => status === 'creator' || status === 'administrator')
      .map(memberJson);
  },
  getChatMemberCount: (world, parameters) => {
    const room = world.room(parameters.fields['chat_id']);
    if (room.type === 'private') return 2;
    const isGone = ({ status }: Member): boolean => status === 'left' || status === 'kicked';
    return [...room.members.values()].filter((member) => !isGone(member)).length;
  },
  leaveChat: (world, parameters) => {
    const room = world.writableRoom(parameters.fields['chat_id']);
    if (room.type === 'private')
      throw badRequest("chat member status can't be changed in private chats");
    world.setStatus(room, world.bot, 'left', world.bot);
    return true;
  },
  pinChatMessage: (world, parameters) => {
    const message = messageOf(world, parameters, 'pin');
    message.room.pinned.push(message.id);
    return true;
  },
  unpinChatMessage: (world, parameters) => {
    world.writableRoom(parameters.fields['chat_id']).pinned.pop();
    return true;
  },
  createForumTopic: (world, parameters) => {
    const room = forumOf(world, parameters);
    const name = parameters.string('name') ?? '';
    const message_thread_id = room.nextMessageId();
    room.topics.set(message_thread_id, { name, closed: false });
    return { message_thread_id, name, icon_color: 7_322_096 };
  },
  editForumTopic: (world, parameters) => {
    const topic = topicOf(world, parameters);
    topic.name = parameters.string('name') ?? topic.name;
    return true;
  },
  closeForumTopic: (world, parameters) => {
    topicOf(world, parameters).closed = true;
    return true;
  },
  reopenForumTopic: (world, parameters) => {
    topicOf(world, parameters).closed = false;
    return true;
  },
  getFile: (world, parameters) => {
    const file = world.files.get(parameters.string('file_id') ?? '');
    if (file === undefined) {
      throw badRequest('wrong file_id or the file is temporarily unavailable');
    }
    if (file.bytes.length > 20 * 2 ** 20) throw badRequest('file is too big');
    const { id: file_id, path: file_path } = file;
    return { file_id, file_unique_id: `u${file_id}`, file_size: file.bytes.length, file_path };
  },
  getMe: (world) => ({
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: !world.privacy,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  }),
};
