import { YuanwenError } from '../errors.ts';
import type { GenerationSummary } from '../library/writer.ts';
import type { Difference } from './difference.ts';

/** A folder that lost a larger share of its articles is held for an unmounted disk, not for a decision. */
const LARGEST_LOSS = 1 / 3;

/** @throws YuanwenError `removals-guard` */
export function checkRemovals(
  serving: GenerationSummary | null,
  { removed }: Difference,
  folder: string,
): void {
  if (serving === null || removed.length <= serving.articles * LARGEST_LOSS) return;
  throw new YuanwenError(
    'removals-guard',
    `${removed.length} of ${serving.articles} articles are no longer in ${folder}. ` +
      'If its disk is not mounted, mount it; if they are meant to go, confirm with --allow-removals.',
  );
}
