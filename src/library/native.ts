import Database from 'better-sqlite3';
import hnswlib from 'hnswlib-node';

/** Uses both native modules for real. @returns a line with what they are. */
export function nativeVersions(): string {
  const db = new Database(':memory:');
  const version: unknown = db.prepare('SELECT sqlite_version()').pluck().get();
  db.close();
  const index = new hnswlib.HierarchicalNSW('ip', 2);
  index.initIndex(1);
  index.addPoint([1, 0], 1);
  return `SQLite ${String(version)}, HNSW ${index.searchKnn([1, 0], 1).neighbors[0] === 1 ? 'finds what it holds' : 'does not find what it holds'}`;
}
