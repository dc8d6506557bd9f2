import { createHash } from 'node:crypto';

/**
 * An article's id: stable while its file's path and its title stay.
 * @param ordinal - 0, and counting where one file has several articles of the same title
 * @returns 12 hexadecimal digits
 */
export function articleId(file: string, title: string, ordinal = 0): string {
  return createHash('sha256')
    .update(JSON.stringify([file, title, ordinal]))
    .digest('hex')
    .slice(0, 12);
}
