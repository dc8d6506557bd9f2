import type { ListedPlace, Place } from '../library/places.ts';
import type { LibraryWriter } from '../library/writer.ts';
import type { StoredArticle } from '../types.ts';

/** An article by its title and where it lies. */
export interface Headline {
  readonly file: string;
  readonly title: string;
}

/** What a new generation makes of the articles of the one before. */
export interface Difference {
  readonly added: readonly Headline[];
  readonly changed: readonly Headline[];
  readonly removed: readonly Headline[];
  /** Files whose content is as it was, at another path. */
  readonly renamed: ReadonlyArray<{ readonly from: string; readonly to: string }>;
}

/** Compares by file, then, where a file changed, article by article: by its id, and by what a reader would see. */
export function differenceOf(
  writer: LibraryWriter,
  before: readonly ListedPlace[],
  after: ReadonlyMap<string, Place>,
): Difference {
  const former = new Map(before.map((place) => [place.path, place]));
  const gone = before.filter(({ path }) => !after.has(path));
  const arrived = [...after].filter(([path]) => !former.has(path));
  const renamed = pairByContent(gone, arrived);
  const left = new Set(renamed.map(({ from }) => from));
  const reached = new Set(renamed.map(({ to }) => to));

  const headlines = (place: Place, file: string): Headline[] =>
    writer.places.titles(place.place).map(({ title }) => ({ file, title }));
  const added = arrived.flatMap(([path, place]) =>
    reached.has(path) ? [] : headlines(place, path),
  );
  const removed = gone.flatMap((place) =>
    left.has(place.path) ? [] : headlines(place, place.path),
  );
  const changed: Headline[] = [];
  for (const [path, place] of after) {
    const old = former.get(path);
    if (old === undefined || old.file === place.file) continue;
    const articles = compareArticles(
      writer.places.articles(old.place),
      writer.places.articles(place.place),
    );
    added.push(...articles.added);
    changed.push(...articles.changed);
    removed.push(...articles.removed);
  }
  return { added, changed, removed, renamed };
}

function pairByContent(
  gone: readonly ListedPlace[],
  arrived: ReadonlyArray<[path: string, place: Place]>,
): Array<{ from: string; to: string }> {
  const pathsOf = new Map<number, string[]>();
  for (const { file, path } of gone) pathsOf.set(file, [...(pathsOf.get(file) ?? []), path]);
  return arrived.flatMap(([to, { file }]) => {
    const from = pathsOf.get(file)?.shift();
    return from === undefined ? [] : [{ from, to }];
  });
}

function compareArticles(
  before: readonly StoredArticle[],
  after: readonly StoredArticle[],
): Omit<Difference, 'renamed'> {
  const former = new Map(before.map((article) => [article.id, article]));
  const ids = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !former.has(id)).map(headlineOf),
    removed: before.filter(({ id }) => !ids.has(id)).map(headlineOf),
    changed: after
      .filter((article) => {
        const old = former.get(article.id);
        return old !== undefined && readerSees(old) !== readerSees(article);
      })
      .map(headlineOf),
  };
}

function headlineOf({ file, title }: StoredArticle): Headline {
  return { file, title };
}

/** The article without its place in the file. */
function readerSees({ fileId: _fileId, paragraphs, ...article }: StoredArticle): string {
  return JSON.stringify([article, paragraphs.map(({ text, subhead }) => [text, subhead])]);
}
