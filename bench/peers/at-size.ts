/** Which libraries are measured over a whole archive: those that are commonest with vectors and without. */
import { lexicalPeers } from './lexical.ts';
import type { Peer } from './peer.ts';
import { vectorPeers } from './vectors.ts';

export const OURS = 'Yuanwen, from the files to the last commit';

const WITH_VECTORS = new Set(['LangChain.js 1', 'Orama 3']);
const WITHOUT = new Set(['MiniSearch 7']);

const peers = [
  ...vectorPeers.filter(({ name }) => WITH_VECTORS.has(name)),
  ...lexicalPeers.filter(({ name }) => WITHOUT.has(name)),
];

/** In the order in which they are measured. */
export const AT_SIZE: readonly string[] = [OURS, ...peers.map(nameOf)];

export function peerOf(name: string): Peer | undefined {
  return peers.find((peer) => nameOf(peer) === name);
}

function nameOf({ name, how }: Peer): string {
  return `${name}, ${how}`;
}
