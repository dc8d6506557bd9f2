/** Which libraries are measured over a whole archive: those that are commonest with vectors and without. */
import { lexicalPeers } from './lexical.ts';
import type { Peer } from './peer.ts';
import { vectorPeers } from './vectors.ts';

export const OURS = 'Yuanwen, from the files to the last commit';

const NAMES = new Set(['LangChain.js 1', 'MiniSearch 7', 'Orama 3']);

const peers = [
  ...vectorPeers,
  ...lexicalPeers.filter(({ name }) => name === 'MiniSearch 7'),
].filter(({ name }) => NAMES.has(name));

/** In the order in which they are measured. */
export const AT_SIZE: readonly string[] = [OURS, ...peers.map(nameOf)];

export function peerOf(name: string): Peer | undefined {
  return peers.find((peer) => nameOf(peer) === name);
}

function nameOf({ name, how }: Peer): string {
  return `${name}, ${how}`;
}
