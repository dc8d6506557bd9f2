// Lets Node run our TypeScript: `node --import ./src/loader.mjs src/main.ts`, and first of all in every
// worker thread, where `--import tsx` does nothing. What packages ship goes past tsx.
import { register as addHooks } from 'node:module';
import { register } from 'tsx/esm/api';

register();
addHooks('./packages-as-they-are.mjs', import.meta.url);
