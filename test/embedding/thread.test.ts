import { describe, expect, it } from 'vitest';
import { damaged } from '../../src/embedding/model-folder.ts';
import { EmbeddingThread } from '../../src/embedding/thread.ts';
import { startThread } from '../../src/threads.ts';

/** A thread whose first `fatal` workers die of the text "die". */
function fragileThread(fatal: number) {
  let started = 0;
  const thread = new EmbeddingThread(
    () => {
      started += 1;
      return startThread(new URL('./fragile-worker.ts', import.meta.url), {
        workerData: { mortal: started <= fatal },
      });
    },
    (reason) => damaged('fragile', reason),
  );
  return { thread, started: () => started };
}

describe('an embedding thread', () => {
  it('whose worker dies once does the work in a new one, other waiting work included', async () => {
    const { thread, started } = fragileThread(1);
    const [first, second] = await Promise.all([
      thread.embed('passage', ['die']),
      thread.embed('passage', ['live', 'on']),
    ]);
    expect([first.length, second.length, started()]).toEqual([1, 2, 2]);
    await thread.close();
  });

  it('gives up work that kills two workers, says so, and goes on with the next', async () => {
    const { thread, started } = fragileThread(2);
    await expect(thread.embed('passage', ['die'])).rejects.toMatchObject({
      code: 'embedding-failed',
      message: expect.stringContaining('the worker was told to die'),
    });
    expect(await thread.embed('question', ['live'])).toHaveLength(1);
    expect(started()).toBe(3);
    await thread.close();
  });

  it('fails with the reason when the worker cannot load its model', async () => {
    const thread = new EmbeddingThread(
      () => startThread(new URL('./fragile-worker.ts', import.meta.url), { workerData: {} }),
      (reason) => damaged('fragile', reason),
    );
    const [work, ready] = await Promise.allSettled([
      thread.embed('question', ['x']),
      thread.ready(),
    ]);
    const failure = { status: 'rejected', reason: { code: 'model-damaged' } };
    expect(work).toMatchObject(failure);
    expect(ready).toMatchObject(failure);
    await thread.close();
  });
});
