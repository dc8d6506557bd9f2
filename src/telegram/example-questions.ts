import { shownText } from '../answers/shown.ts';
import type { Ask, Library } from '../ports.ts';
import type { Article, StoredArticle } from '../types.ts';

/** Articles that are looked through for example questions, newest first. */
const ARTICLES = 40;
const PARAGRAPHS = 8;
/** Questions tried in all; each costs as much as an ordinary question. */
const TRIED = 30;
const EXAMPLES = 3;

/** Questions that the articles answer, made from their own sentences; worked out once a generation. */
export class ExampleQuestions {
  private readonly ask: Ask;
  private readonly library: Library;
  private known: { readonly generation: number; readonly questions: Promise<string[]> } | null =
    null;

  constructor({ ask, library }: { readonly ask: Ask; readonly library: Library }) {
    this.ask = ask;
    this.library = library;
  }

  async questions(): Promise<string[]> {
    const view = this.library.view();
    if (view === null) return [];
    if (this.known?.generation !== view.generation) {
      const questions = this.find(view.articles({ limit: ARTICLES }));
      this.known = { generation: view.generation, questions };
      questions.catch(() => {
        this.known = null;
      });
    }
    return await this.known.questions;
  }

  private async find(articles: readonly StoredArticle[]): Promise<string[]> {
    const proven: string[] = [];
    const candidates = interleaved(
      articles.map((article) => questionsFrom(article).map((question) => ({ question, article }))),
    );
    for (const { question, article } of candidates.slice(0, TRIED)) {
      if (proven.length === EXAMPLES) break;
      const { citations } = await this.ask(question);
      if (citations[0]?.article.id === article.id) proven.push(question);
    }
    const others = interleaved(articles.map((article) => questionsAbout(article)));
    return [...new Set([...proven, ...others])].slice(0, EXAMPLES);
  }
}

/** The first of each list, then the second of each: examples from different articles come first. */
function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}

/** A subject at the beginning of a sentence: no pronoun or connective, no phrase with 的. */
const ABOUT = String.raw`(?<about>(?![这這那其该該他她它我你您但而在据據今昨近本此也就有不为為对對从從与與和因如当當])(?:(?![的了着著过過])[\p{Script=Han}A-Za-z0-9·“”]){2,14}?)`;
const THING = String.raw`(?<about>(?:The )?[A-Z][\w'’-]*(?: (?:of|the|and|[A-Z][\w'’-]*)){0,5})`;

/** How a sentence begins → the question that it answers. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^${ABOUT}(?:位[于於]|坐落[于於在]|地[处處])`, 'u'), '$<about>在哪里？'],
  [
    new RegExp(
      `^${ABOUT}[于於在]?(?:\\d{4}年)?[\\d月日]*(?<done>成立|建成|开通|開通|通车|通車|启用|啟用|竣工|发射|發射|开工|開工|创刊|創刊|诞生|誕生)`,
      'u',
    ),
    '$<about>什么时候$<done>？',
  ],
  [new RegExp(`^${ABOUT}(?:始建|建成|建|成立|创立|創立)[于於]\\d`, 'u'), '$<about>建于哪一年？'],
  [
    new RegExp(
      `^${ABOUT}由[^，。；]{2,20}?(?<done>提出|发起|發起|创立|創立|设计|設計|承建|牵头|主办)`,
      'u',
    ),
    '$<about>由谁$<done>？',
  ],
  [
    new RegExp(
      `^${ABOUT}(?<what>总投资|全长|全長|总面积|面积|面積|占地|总长|人口)(?:只有|约|約|达|為|为)*\\d`,
      'u',
    ),
    '$<about>$<what>多少？',
  ],
  [new RegExp(`^${ABOUT}(?:共|一共)?有(?<much>\\d+[^\\d，。]{0,2})`, 'u'), '$<about>有多少？'],
  [new RegExp(`^${ABOUT}是(?:一|我国|中国|世界|全国|国内|目前)`, 'u'), '$<about>是什么？'],
  [new RegExp(`^${THING} (?:is|was) (?:located|situated) `, 'u'), 'Where is $<about>?'],
  [
    new RegExp(`${THING}, was (?<done>founded|established|built|opened|launched|created) `, 'u'),
    'When was $<about> $<done>?',
  ],
  [
    new RegExp(`^${THING} was (?<done>founded|established|built|opened|launched|created) `, 'u'),
    'When was $<about> $<done>?',
  ],
  [new RegExp(`^${THING} is an? `, 'u'), 'What is $<about>?'],
];

/** Questions that sentences of the article seem to answer, about things that it is about. */
export function questionsFrom({ title, paragraphs }: Article): string[] {
  const texts = paragraphs.map(({ text }) => shownText(text));
  const sentences = texts
    .slice(0, PARAGRAPHS)
    .flatMap((text) => text.split(/(?<=[。！？])|(?<=[.!?]) /u));
  return sentences.flatMap((sentence) => {
    for (const [shape, question] of SHAPES) {
      const match = shape.exec(sentence);
      const about = match?.groups?.['about'];
      if (match === null || about === undefined) continue;
      const isTopic = title.includes(about) || mentions(texts, about) > 1;
      return isTopic ? [match[0].replace(shape, question)] : [];
    }
    return [];
  });
}

function mentions(texts: readonly string[], words: string): number {
  return texts.reduce((count, text) => count + text.split(words).length - 1, 0);
}

/** Questions about what the article says of itself, for want of better ones. */
function questionsAbout({ title, subheads }: Article): string[] {
  const isChinese = /\p{Script=Han}/u.test(title);
  const about = (name: string): string =>
    isChinese ? `“${name}”说的是什么？` : `What is “${name}” about?`;
  // Of a headline in several parts, the first fits on a button.
  return [isChinese ? (title.split(/\s/)[0] ?? title) : title, ...subheads].map(about);
}
