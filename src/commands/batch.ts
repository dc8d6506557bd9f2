import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';

const line = z.looseObject({ question: z.string() });

/** One line of a batch: the question, and every key that stood beside it. */
export type BatchLine = z.infer<typeof line>;

/**
 * The questions of a JSON Lines file, in order; blank lines are passed over.
 * @throws YuanwenError `batch` that names the file and the line that can't be used.
 */
export async function* readBatch(file: string): AsyncGenerator<BatchLine> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const text of lines) {
      number += 1;
      if (text.trim() !== '') yield parseLine(text, file, number);
    }
  } catch (error) {
    if (error instanceof YuanwenError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new YuanwenError('batch', `${file} can't be read (${reason}). Check its name.`);
  }
}

function parseLine(text: string, file: string, number: number): BatchLine {
  try {
    return line.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    throw new YuanwenError(
      'batch',
      `${file}, line ${number} is not a JSON object with a "question". Correct it; the lines before were answered.`,
    );
  }
}
