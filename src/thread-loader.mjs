// Runs first in every worker thread: `--import tsx` does nothing there, tsx's own `register()` does.
import { register as addHooks } from 'node:module';
import { register } from 'tsx/esm/api';

register();
addHooks('./packages-as-they-are.mjs', import.meta.url);
