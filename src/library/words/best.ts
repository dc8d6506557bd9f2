import type { Hit } from '../../types.ts';

/** The `limit` highest scores above 0 with their indexes as ids, best first; among equals the lower id. */
export function best(scores: Float64Array, limit: number): Hit[] {
  if (limit <= 0) return [];
  // A heap of ids whose root is the worst of the best so far.
  const heap: number[] = [];
  const isWorse = (a: number, b: number): boolean => {
    const difference = (scores[a] ?? 0) - (scores[b] ?? 0);
    return difference < 0 || (difference === 0 && a > b);
  };
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? 0;
    if (score <= 0) continue;
    if (heap.length < limit) {
      heap.push(id);
      siftUp(heap, isWorse);
    } else if (score > (scores[heap[0] ?? 0] ?? 0)) {
      heap[0] = id;
      siftDown(heap, isWorse);
    }
  }
  return heap
    .sort((a, b) => (isWorse(a, b) ? 1 : -1))
    .map((id) => ({ id, score: scores[id] ?? 0 }));
}

type IsWorse = (a: number, b: number) => boolean;

/** Moves the last id up to its place. */
function siftUp(heap: number[], isWorse: IsWorse): void {
  let at = heap.length - 1;
  const id = heap[at] ?? 0;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above] ?? 0;
    if (!isWorse(id, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = id;
}

/** Moves the first id down to its place. */
function siftDown(heap: number[], isWorse: IsWorse): void {
  const id = heap[0] ?? 0;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    const [left, right] = [heap[below] ?? 0, heap[below + 1]];
    if (right !== undefined && isWorse(right, left)) below++;
    const child = heap[below] ?? 0;
    if (!isWorse(child, id)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = id;
}
