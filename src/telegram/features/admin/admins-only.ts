import type { Composer } from 'telegraf';
import type { BotContext } from '../../context.ts';
import type { Incoming } from '../../incoming.ts';
import { onCommand, say } from '../commands.ts';
import { acknowledge, partsOf, pressedIn } from '../presses.ts';
import type { PressedIn } from '../presses.ts';

/** A command that only admins may give, wherever they write; others are told so. */
export function onAdminCommand(
  composer: Composer<BotContext>,
  name: string,
  handler: (ctx: BotContext, incoming: Incoming, argument: string) => Promise<void>,
): void {
  onCommand(composer, name, async (ctx, incoming, argument) => {
    if (!ctx.isAdmin) return await say(ctx, incoming, ctx.words('for-admins'));
    await handler(ctx, incoming, argument);
  });
}

/**
 * A button that only admins may press; a menu that others can see is no permission.
 * @param name - the first word of the button's data
 */
export function onAdminPress(
  composer: Composer<BotContext>,
  name: string,
  handler: (ctx: BotContext, place: PressedIn, parts: readonly string[]) => Promise<void>,
): void {
  composer.action(new RegExp(`^${name}(?: |$)`), async (ctx) => {
    const place = pressedIn(ctx);
    if (!ctx.isAdmin || place === null) return await acknowledge(ctx, ctx.words('for-admins'));
    await acknowledge(ctx);
    await handler(ctx, place, partsOf(ctx));
  });
}
