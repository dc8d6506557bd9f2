// Runs first in every worker thread: `--import tsx` does nothing there, tsx's own `register()` does.
import { register } from 'tsx/esm/api';

register();
