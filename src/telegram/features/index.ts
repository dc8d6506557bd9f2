import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { files } from './admin/files.ts';
import { golden } from './admin/golden.ts';
import { adminMenu } from './admin/menu.ts';
import { reindex } from './admin/reindex.ts';
import { remove } from './admin/remove.ts';
import { upkeep } from './admin/upkeep.ts';
import { articles } from './articles.ts';
import { ask } from './ask.ts';
import { feedback } from './feedback.ts';
import { gate } from './gate.ts';
import { inline } from './inline.ts';
import { language } from './language.ts';
import { membership } from './membership.ts';
import { memory } from './memory.ts';
import { other } from './other.ts';
import { sources } from './sources.ts';
import { start } from './start.ts';

/** Every feature, in the order in which they look at an update. */
export function allFeatures(): Composer<BotContext> {
  return new Composer<BotContext>(
    gate,
    adminMenu(),
    membership,
    inline,
    start,
    sources,
    feedback,
    articles,
    memory,
    language,
    reindex,
    upkeep,
    golden,
    files,
    remove,
    ask,
    other,
  );
}
