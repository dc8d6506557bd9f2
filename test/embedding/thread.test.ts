import { describe, expect, it } from 'vitest';
import { damaged } from '../../src/embedding/model-folder.ts';
import { embeddingErrors } from '../../src/embedding/embedder.ts';
import type { Embedding } from '../../src/embedding/protocol.ts';
import { ModelThread } from '../../src/embedding/thread.ts';
import { startThread } from '../../src/threads.ts';

/** A thread whose first `fatal` workers die of the text "die". */
function fragileThread(fatal: number) {
  let started = 0;
  const thread = new ModelThread<Embedding>(
    () => {
      started += 1;
      return startThread(new URL('./fragile-worker.ts', import.meta.url), {
        workerData: { mortal: started <= fatal },
      });
    },
    embeddingErrors((reason) => damaged('fragile', reason)),
  );
  return { thread, started: () => started };
}

describe('an embedding thread', () => {
  it('whose worker dies once does the work in a new one, other waiting work included', async () => {
    const { thread, started } = fragileThread(1);
    const [first, second] = await Promise.all([
      thread.do({ role: 'passage', texts: ['die'] }),
      thread.do({ role: 'passage', texts: ['live', 'on'] }),
    ]);
    expect([first.length, second.length, started()]).toEqual([1, 2, 2]);
    await thread.close();
  });

  it('gives up work that kills two workers, says so, and goes on with the next', async () => {
    const { thread, started } = fragileThread(2);
    await expect(thread.do({ role: 'passage', texts: ['die'] })).rejects.toMatchObject({
      code: 'embedding-failed',
      message: expect.stringContaining('the worker was told to die'),
    });
    expect(await thread.do({ role: 'question', texts: ['live'] })).toHaveLength(1);
    expect(started()).toBe(3);
    await thread.close();
  });

  it('fails with the reason when the worker cannot load its model', async () => {
    const thread = new ModelThread<Embedding>(
      () => startThread(new URL('./fragile-worker.ts', import.meta.url), { workerData: {} }),
      embeddingErrors((reason) => damaged('fragile', reason)),
    );
    const [work, ready] = await Promise.allSettled([
      thread.do({ role: 'question', texts: ['x'] }),
      thread.ready(),
    ]);
    const failure = { status: 'rejected', reason: { code: 'model-damaged' } };
    expect(work).toMatchObject(failure);
    expect(ready).toMatchObject(failure);
    await thread.close();
  });
});
