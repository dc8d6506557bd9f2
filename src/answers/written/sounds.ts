import { polyphonic } from 'pinyin-pro';

const hanRun = /\p{Script=Han}+/gu;

/**
 * Whether a name in Latin letters is how neighbouring characters of the text are read in Mandarin:
 * `jiangtao` for 江涛, `xian` for 西安. All readings of a character count; tones do not.
 * @param name - folded letters only
 * @param text - the Chinese text
 * @param least - of how many characters it must be the reading; one syllable alone says little
 */
export function isReadingOf(name: string, text: string, least: number): boolean {
  return (text.match(hanRun) ?? []).some((run) => {
    const readings = readingsOf(run);
    return readings.some((_, start) => readsAs(readings.slice(start), name, least));
  });
}

/** Whether the first characters, at least `least`, can be read as all of `name`. */
function readsAs(readings: readonly string[][], name: string, least: number): boolean {
  const [first = [], ...others] = readings;
  if (name === '') return least <= 0;
  return first.some(
    (reading) => name.startsWith(reading) && readsAs(others, name.slice(reading.length), least - 1),
  );
}

/** Whether a text in Latin letters, its blanks left out, has all characters of a Chinese name as they are read. */
export function isReadIn(name: string, letters: string): boolean {
  const all = readingsOf(name).reduce<string[]>(
    (before, readings) => before.flatMap((start) => readings.map((reading) => start + reading)),
    [''],
  );
  return all.some((reading) => letters.includes(reading));
}

/** The readings of each character, without tones; ü also as u, v and yu, as passports and maps write it. */
function readingsOf(run: string): string[][] {
  return polyphonic(run, { toneType: 'none', type: 'array' }).map((readings) =>
    readings.flatMap((reading) =>
      reading.includes('ü')
        ? ['u', 'v', 'yu'].map((letter) => reading.replace('ü', letter))
        : [reading],
    ),
  );
}
