/** Where the time of an action goes, by stage. */
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A stage is known by whose code ran, the innermost first. */
const STAGES: ReadonlyArray<readonly [stage: string, code: RegExp]> = [
  ['tokenising', /\/src\/text\/(?:tokens|fold)/],
  ['reading and splitting', /\/src\/(?:articles|text)\/|\/src\/indexing\/read-file/],
  ['word index', /\/src\/library\/words\//],
  ['loading the graph', /\/src\/library\/graph/],
  ['SQLite writing', /\/src\/library\//],
];
const THREADS = 'embedding and HNSW building, in threads';
const COLLECTION = 'garbage collection';
const REST = 'the rest';
const IDLE = 'waiting';

/** Often enough to be exact over seconds, seldom enough to cost nothing. */
const SAMPLE_MICROSECONDS = 2_000;

/** Core-seconds a stage. */
export type Stages = Readonly<Record<string, number>>;

/** Runs `action` on this thread; embedding and the graph's growth are what the process used beyond that. */
export async function stagesOf<T>(
  action: () => Promise<T>,
): Promise<{ result: T; stages: Stages; seconds: number }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
  await session.post('Profiler.start');
  const before = process.cpuUsage();
  const beforeHere = mainThreadSeconds();
  const started = performance.now();
  const result = await action();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const { [IDLE]: _waiting, ...stages } = secondsByStage(profile);
  const here = mainThreadSeconds() - beforeHere;
  const sampled = Object.values(stages).reduce((sum, each) => sum + each, 0);
  // Samples also count while another process has the core.
  const own = Object.entries(stages).map(([name, each]) => [name, (each * here) / sampled]);
  const elsewhere = Math.max(0, (user + system) / 1e6 - here);
  return { result, seconds, stages: { ...Object.fromEntries(own), [THREADS]: elsewhere } };
}

/** Time that this process's first thread had a core; Linux alone tells it. */
function mainThreadSeconds(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e9;
}

function secondsByStage({ nodes, samples, timeDeltas }: Profiler.Profile): Record<string, number> {
  const parents = new Map(
    nodes.flatMap(({ id, children }) => (children ?? []).map((c) => [c, id])),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = new Map<number, string>();
  const stageOf = (id: number): string => {
    const found = known.get(id) ?? ownStage(byId.get(id)) ?? callersStage(parents.get(id));
    known.set(id, found);
    return found;
  };
  const callersStage = (id: number | undefined): string => (id === undefined ? REST : stageOf(id));
  const seconds: Record<string, number> = {};
  samples?.forEach((id, i) => {
    const stage = stageOf(id);
    seconds[stage] = (seconds[stage] ?? 0) + (timeDeltas?.[i] ?? 0) / 1e6;
  });
  return seconds;
}

function ownStage(node: Profiler.ProfileNode | undefined): string | undefined {
  const { functionName = '', url = '' } = node?.callFrame ?? {};
  if (functionName === '(idle)') return IDLE;
  if (functionName === '(garbage collector)') return COLLECTION;
  return STAGES.find(([, code]) => code.test(url))?.[0];
}
