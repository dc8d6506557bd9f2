/** From the start of a process to its first answer, and warm questions through the whole path. */
import { performance } from 'node:perf_hooks';
import { openApp } from '../src/compose.ts';
import { questionsFrom } from './questions.ts';
import { givenConfig, peakMegabytes, spreadOf, tell } from './measured.ts';

const WARMING = 50;
const QUESTIONS = 400;

const app = await openApp(givenConfig());
await app.ask('广场上放飞了多少只风筝？');
// Counted from the start of the process.
const coldStart = performance.now() / 1000;

const questions = questionsFrom(app);
for (let i = 0; i < WARMING; i++) await app.ask(questions());
const times: number[] = [];
let answered = 0;
for (let i = 0; i < QUESTIONS; i++) {
  const question = questions();
  const started = performance.now();
  const answer = await app.ask(question);
  times.push(performance.now() - started);
  if (answer.answered) answered++;
}
tell({
  figures: {
    'cold start to the first answer, s': coldStart,
    ...spreadOf('warm question', times),
    '  of them answered, share': answered / QUESTIONS,
    'asking, peak MB': peakMegabytes(),
  },
});
await app.close();
