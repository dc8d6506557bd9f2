import { commands } from './commands/all.ts';
import { runCommand } from './commands/run-command.ts';
import { processSurroundings } from './process.ts';

const [name = '', ...words] = process.argv.slice(2);
const load = commands.get(name);

if (load !== undefined) {
  process.exitCode = await runCommand(await load(), words, processSurroundings());
} else {
  const asked = ['', '--help', '-h', 'help'].includes(name);
  const list = [...commands.keys()].map((each) => `  npm run ${each}`).join('\n');
  const out = asked ? process.stdout : process.stderr;
  if (!asked) out.write(`There is no command "${name}".\n`);
  out.write(`Commands; each explains itself with -- --help\n${list}\n`);
  process.exitCode = asked ? 0 : 2;
}
