import { parseConfig } from '../config.ts';
import type { Config } from '../config.ts';
import type { Flags, Surroundings } from './command.ts';
import { textFlag } from './command.ts';

/** The settings of a command: the environment, with `--articles` and `--data` over it. */
export function configOf(flags: Flags, surroundings: Surroundings): Config {
  return parseConfig(surroundings.environment, {
    articles: textFlag(flags, 'articles'),
    data: textFlag(flags, 'data'),
  });
}
