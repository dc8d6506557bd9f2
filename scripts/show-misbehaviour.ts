/**
 * What reaches a reader in Telegram when a language model misbehaves: the real bot against a Bot API
 * server and a scripted language model, both on loopback.
 *
 *     npm run show:misbehaviour
 *
 * Prints a Markdown table, a line a misbehaviour. Fails when anything unproven was seen, drafts
 * included, when something else reached the reader than was to, or when the key was told.
 */
import { MisbehavingModel } from '../test/telegram/misbehaving.ts';
import type { Reached } from '../test/telegram/misbehaving.ts';
import { MISBEHAVIOURS } from '../test/telegram/misbehaviours.ts';

function row(name: string, reached: Reached): string {
  const { written, outcome, leftOut, failure, unproven, ms } = reached;
  const answer = written === null ? 'the quoting answer, unchanged' : `${written} + its quotes`;
  const why = failure ?? (leftOut.length > 0 ? `left out: ${leftOut.join(', ')}` : '');
  const cells = [name, answer, outcome, why, unproven.length, (ms / 1000).toFixed(1)];
  return `| ${cells.join(' | ')} |`;
}

const model = await MisbehavingModel.open();
let faults = 0;
console.log('| the model sends | what reached the reader | outcome | why | unproven | seconds |');
console.log('| --- | --- | --- | --- | ---: | ---: |');
for (const misbehaviour of MISBEHAVIOURS) {
  const reached = await model.meets(misbehaviour);
  const isWell =
    reached.unproven.length === 0 && reached.written === misbehaviour.reaches && !reached.isKeyTold;
  if (!isWell) faults += 1;
  console.log(row(misbehaviour.name, reached));
}
await model.close();
console.log(`\n${MISBEHAVIOURS.length} misbehaviours, ${faults} not as they should be`);
process.exitCode = faults === 0 ? 0 : 1;
