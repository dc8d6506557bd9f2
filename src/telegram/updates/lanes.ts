import PQueue from 'p-queue';

/**
 * A lane per chat: what is in a lane is done in order, one after the other, and lanes do not wait for
 * each other. A lane has at most one piece of work on the floor, so a chat with a long queue takes no
 * more than its share. Lanes exist only while they have work.
 */
export class Lanes {
  private readonly floor: PQueue;
  private readonly lanes = new Map<string, PQueue>();

  /** @param cap - pieces of work under way at once, over all lanes */
  constructor(cap: number) {
    this.floor = new PQueue({ concurrency: cap });
  }

  /** Work that must not throw. */
  add(lane: string, work: () => Promise<void>): void {
    void this.lane(lane).add(async () => await this.floor.add(work));
  }

  /** Pieces of work waiting or under way. */
  get size(): number {
    let size = 0;
    for (const lane of this.lanes.values()) size += lane.size + lane.pending;
    return size;
  }

  /** Lets go of what has not begun. */
  clear(): void {
    for (const lane of this.lanes.values()) lane.clear();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.lanes.values()].map(async (lane) => await lane.onIdle()));
  }

  private lane(name: string): PQueue {
    const known = this.lanes.get(name);
    if (known !== undefined) return known;
    const lane = new PQueue({ concurrency: 1 });
    lane.on('idle', () => this.lanes.delete(name));
    this.lanes.set(name, lane);
    return lane;
  }
}
