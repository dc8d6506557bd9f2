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
    }
    return await this.known.questions;
  }

  private async find(articles: readonly StoredArticle[]): Promise<string[]> {
    const proven: string[] = [];
    const tried = interleaved(articles.map((article) => questionsFrom(article)));
    for (const question of tried.slice(0, TRIED)) {
      if (proven.length === EXAMPLES) break;
      const { answered } = await this.ask(question);
      if (answered) proven.push(question);
    }
    const others = interleaved(articles.map((article) => questionsAbout(article)));
    return [...new Set([...proven, ...others])].slice(0, EXAMPLES);
  }
}

/** The first of each list, then the second of each: examples from different articles come first. */
function interleaved(lists: readonly (readonly string[])[]): string[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list[index] ?? []),
  ).flat();
}

/** A subject at the beginning of a sentence, no pronoun or connective. */
const ABOUT = String.raw`(?<about>(?![这那其该他她它我你您但而在据今昨近本此也就有不为对从与和因如当])[\p{Script=Han}A-Za-z0-9·“”]{2,14}?)`;
const THING = String.raw`(?<about>(?:The )?[A-Z][\w'’-]*(?: (?:of|the|and|[A-Z][\w'’-]*)){0,5})`;

/** How a sentence begins → the question that it answers. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^${ABOUT}(?:位于|坐落于|坐落在|地处)`, 'u'), '$<about>在哪里？'],
  [
    new RegExp(
      `^${ABOUT}(?:于|在)\\d{4}年[\\d月日]*(?<done>成立|建成|开通|通车|启用|竣工|发射|开工|创刊|诞生)`,
      'u',
    ),
    '$<about>是什么时候$<done>的？',
  ],
  [
    new RegExp(`^${ABOUT}(?<done>始建|建成|成立|创立|创刊|诞生)于`, 'u'),
    '$<about>是什么时候$<done>的？',
  ],
  [
    new RegExp(`^${ABOUT}由[^，。；]{2,20}?(?<done>提出|发起|创立|设计|承建|牵头|主办)`, 'u'),
    '$<about>由谁$<done>？',
  ],
  [
    new RegExp(`^${ABOUT}(?<what>总投资|全长|总面积|占地|总长)(?:约|达|为)*\\d`, 'u'),
    '$<about>$<what>多少？',
  ],
  [new RegExp(`^${ABOUT}是(?:一|我国|中国|世界|全国|国内|目前)`, 'u'), '$<about>是什么？'],
  [new RegExp(`^${THING} (?:is|was) (?:located|situated) `, 'u'), 'Where is $<about>?'],
  [
    new RegExp(`^${THING} was (?<done>founded|established|built|opened|launched|created) `, 'u'),
    'When was $<about> $<done>?',
  ],
  [new RegExp(`^${THING} is an? `, 'u'), 'What is $<about>?'],
];

/** Questions that sentences of the article seem to answer. */
export function questionsFrom({ paragraphs }: Article): string[] {
  const sentences = paragraphs
    .slice(0, PARAGRAPHS)
    .flatMap(({ text }) => shownText(text).split(/(?<=[。！？])|(?<=[.!?]) /u));
  return sentences.flatMap((sentence) => {
    for (const [shape, question] of SHAPES) {
      const match = shape.exec(sentence);
      if (match !== null) return [match[0].replace(shape, question)];
    }
    return [];
  });
}

/** Questions about what the article says of itself, for want of better ones. */
function questionsAbout({ title, subheads }: Article): string[] {
  const isChinese = /\p{Script=Han}/u.test(title);
  const about = (name: string): string =>
    isChinese ? `“${name}”说的是什么？` : `What is “${name}” about?`;
  return [title, ...subheads].map(about);
}
