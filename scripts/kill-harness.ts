import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { BATCH } from '../src/indexing/embed.ts';
import { inspectLibrary } from '../src/library/inspect.ts';
import { openLibrary } from '../src/library/library.ts';
import { hashingEmbedder } from '../test/indexing/hashing-embedder.ts';
import type { Deed } from './kill-child.ts';
import { digestOfView, KillFolder } from './kill-folder.ts';
import { randomFrom } from './random.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Articles in the folder. */
  readonly articles: number;
  readonly onKill?: (line: string) => void;
}

export interface KillReport {
  /** Deeds that were done before the kill came. */
  readonly finished: number;
  /** Most texts that were embedded again after a kill. */
  readonly mostEmbeddedAgain: number;
  /** What did not hold, a sentence each. */
  readonly faults: readonly string[];
}

/** What is served, to be held against what may be served. */
interface Served {
  readonly generation: number;
  readonly digest: string;
}

const BUT_RESTORE = ['index', 'index', 'index', 'rollback', 'backup'] as const;
const DEEDS = [...BUT_RESTORE, 'index', 'restore'] as const;
const FIRST_KILLS = 3;

/**
 * Kills indexing, going back, backing up and restoring at random moments, and checks after each kill that
 * the library opens, serves a whole generation that it may serve, agrees with itself, and goes on.
 */
export async function killAtRandom({
  kills,
  seed,
  articles,
  onKill,
}: KillOptions): Promise<KillReport> {
  const root = mkdtempSync(join(tmpdir(), 'yuanwen-kill-'));
  try {
    const random = randomFrom(seed);
    const folder = new KillFolder(join(root, 'articles'), random, articles);
    const run = new KillRun(root, folder);
    let finished = 0;
    for (let kill = 1; kill <= kills; kill++) {
      // The first kills come before there is a library; then it is let be once, to know how long that takes.
      if (kill === FIRST_KILLS + 1) {
        await run.kill('index', 0, Infinity);
        await run.check('index', 'the first indexing');
      }
      const action =
        kill <= FIRST_KILLS ? 'index' : random.pick(run.hasBackup ? DEEDS : BUT_RESTORE);
      if (action === 'index') folder.change();
      const clockShift = random.chance(0.3) ? (random.below(100) - 50) * 86_400_000 : 0;
      const { isDone, ms } = await run.kill(action, clockShift, random.below(1200) / 1000);
      if (isDone) finished++;
      await run.check(action, `kill ${kill}, ${action} after ${ms} ms`);
      onKill?.(
        `${kill}/${kills} ${action} ${isDone ? 'done' : 'killed'} after ${ms} ms, ${run.faults.length} faults`,
      );
    }
    await run.kill('index', 0, Infinity);
    await run.check('index', 'the last indexing');
    const served = await run.served();
    if (served?.digest !== folder.digest())
      run.faults.push('the last indexing does not serve the folder');
    return { finished, mostEmbeddedAgain: run.mostEmbeddedAgain, faults: run.faults };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

class KillRun {
  readonly faults: string[] = [];
  mostEmbeddedAgain = 0;
  readonly #deed: Omit<Deed, 'action' | 'clockShift'>;
  readonly #folder: KillFolder;
  /** Digest of each generation, once it was seen: it must never change. */
  readonly #known = new Map<number, string>();
  /** What was served at any time: a restored library can go back to what it was before its backup. */
  readonly #everServed = new Set<string>();
  /** What the backup may hold: the state it was made of, or the one before when that was killed. */
  readonly #backedUp = new Set<string>();
  #before: Served | null = null;
  readonly #embedded = new Set<string>();
  /** How long each deed takes when it is let be, in milliseconds. */
  readonly #usual = { index: 500, rollback: 50, backup: 50, restore: 100 };

  constructor(root: string, folder: KillFolder) {
    this.#folder = folder;
    this.#deed = {
      folder: folder.path,
      dataDir: join(root, 'data'),
      backup: join(root, 'backup.db'),
      log: join(root, 'embedded.log'),
    };
  }

  get hasBackup(): boolean {
    return existsSync(this.#deed.backup);
  }

  /** @param when - share of the usual time after which the kill comes */
  async kill(
    action: Deed['action'],
    clockShift: number,
    when: number,
  ): Promise<{ isDone: boolean; ms: number }> {
    writeFileSync(this.#deed.log, '');
    const deed: Deed = { ...this.#deed, action, clockShift };
    const child = fork(new URL('./kill-child.ts', import.meta.url), [JSON.stringify(deed)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    child.stderr?.on('data', (text) => (complaint += String(text)));
    let isDone = false;
    const begun = new Promise<void>((resolve) => {
      child.on('message', (message) => {
        if (message === 'begun') resolve();
        else isDone = true;
      });
    });
    const ended = new Promise<number | null>((resolve) => {
      child.once('exit', resolve);
    });
    await Promise.race([begun, ended]);
    const started = performance.now();
    const patience = new AbortController();
    const delay = Math.min(when * this.#usual[action], 600_000);
    const killing = setTimeout(delay, undefined, { signal: patience.signal }).then(
      () => child.kill('SIGKILL'),
      () => false,
    );
    const code = await ended;
    patience.abort();
    await killing;
    const ms = Math.round(performance.now() - started);
    // The longest: a run after an interrupted one has little left to do.
    if (isDone) this.#usual[action] = Math.max(this.#usual[action], ms);
    const isExpected = code === null || code === 0 || complaint.includes('no-previous-generation');
    if (!isExpected) this.faults.push(`${action} failed: ${complaint.trim().slice(0, 500)}`);
    return { isDone, ms };
  }

  async served(): Promise<Served | null> {
    const { dataDir } = this.#deed;
    const library = await openLibrary({ dataDir, fingerprint: hashingEmbedder().fingerprint });
    const view = library.view();
    const served = view && { generation: view.generation, digest: digestOfView(view) };
    library.close();
    return served;
  }

  /** Everything that must hold after `action`, done or killed. */
  async check(action: Deed['action'], moment: string): Promise<void> {
    const fault = (what: string): number => this.faults.push(`${moment}: ${what}`);
    const { faults } = await inspectLibrary(this.#deed.dataDir);
    faults.forEach(fault);
    const served = await this.served();
    if (!this.#isAllowed(action, served))
      fault(`generation ${served?.generation} serves what it must not`);
    if (action === 'backup' && this.#before !== null) this.#backedUp.add(this.#before.digest);
    if (action === 'restore') this.#forget();
    if (served !== null) {
      this.#known.set(served.generation, served.digest);
      this.#everServed.add(served.digest);
    }
    this.#before = served;
    this.#countEmbedded(fault);
  }

  #isAllowed(action: Deed['action'], served: Served | null): boolean {
    if (served === null || this.#before === null)
      return served?.digest === this.#before?.digest || action === 'index';
    const isAsBefore =
      served.generation === this.#before.generation && served.digest === this.#before.digest;
    if (isAsBefore) return true;
    if (action === 'index')
      return served.digest === this.#folder.digest() && !this.#known.has(served.generation);
    if (action === 'rollback') {
      const known = this.#known.get(served.generation);
      return known === undefined ? this.#everServed.has(served.digest) : served.digest === known;
    }
    return action === 'restore' && this.#backedUp.has(served.digest);
  }

  /** A restored library counts its generations from where the backup was, and lacks what was embedded since. */
  #forget(): void {
    this.#known.clear();
    this.#embedded.clear();
  }

  #countEmbedded(fault: (what: string) => void): void {
    const texts = readFileSync(this.#deed.log, 'utf8').split('\n').filter(Boolean);
    const again = texts.filter((text) => this.#embedded.has(text)).length;
    this.mostEmbeddedAgain = Math.max(this.mostEmbeddedAgain, again);
    if (again > BATCH) fault(`${again} texts were embedded again`);
    for (const text of texts) this.#embedded.add(text);
  }
}
