import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { ask } from './ask.ts';

/** Every feature, in the order in which they look at an update. */
export const features = new Composer<BotContext>(ask);
