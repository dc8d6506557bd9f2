import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The value of a variable in a `.env` file; undefined when it is not there. */
export function variableIn(file: string, name: string): string | undefined {
  return lineOf(name).exec(textOf(file))?.[1]?.trim();
}

/** Sets a variable in a `.env` file, at its place or at the end; everything else stays as it is. */
export function setVariable(file: string, name: string, value: string): void {
  const text = textOf(file);
  const line = `${name}=${value}`;
  const next = lineOf(name).test(text)
    ? text.replace(lineOf(name), () => line)
    : `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
  writeFileSync(`${file}.partial`, next, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

function lineOf(name: string): RegExp {
  return new RegExp(`^${name}=(.*)$`, 'm');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
