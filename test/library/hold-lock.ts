/** Takes the lock of a data folder and keeps it until it is killed. */
import { holdLock } from '../../src/library/lock.ts';

holdLock(process.argv[2] ?? '', 'waiting to be killed');
process.send?.('held');
setInterval(() => {}, 60_000);
