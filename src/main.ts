import { runCommand } from './commands/run-command.ts';
import { start } from './commands/start.ts';
import { processSurroundings } from './process.ts';

process.exitCode = await runCommand(start, process.argv.slice(2), processSurroundings());
