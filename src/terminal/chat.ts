import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import type { Surroundings } from '../commands/command.ts';
import { YuanwenError } from '../errors.ts';
import type { Ask, Library } from '../ports.ts';
import type { Answer, Citation, Language, Turn } from '../types.ts';
import { renderAnswer, renderArticle, renderSources } from './render.ts';
import type { Colours } from './words.ts';
import { terminalColours, terminalLanguage, terminalWords } from './words.ts';

/** How many turns back a follow-up may lean on. */
const TURNS_KEPT = 5;

export interface ChatDeps {
  readonly ask: Ask;
  readonly library: Library;
  readonly articlesDir: string;
  /** Earlier questions for the arrow keys, oldest first, and where new ones go. */
  readonly history: { load(): readonly string[]; add(question: string): void };
}

/**
 * The chat in the terminal. At a terminal: a prompt, history and commands that begin with `/`, until
 * `/quit`, Ctrl-C or Ctrl-D. Otherwise: one question a line, one answer each, until the input ends.
 */
export async function runChat(deps: ChatDeps, surroundings: Surroundings): Promise<void> {
  const { stdin, stdout, stderr, signal, environment } = surroundings;
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const language = terminalLanguage(environment);
  const words = terminalWords(language);
  const leaving = new AbortController();
  const conversation = new Conversation(
    { ...deps, leaving: leaving.signal },
    language,
    terminalColours(surroundings),
  );

  const articles = deps.library.view()?.articleCount ?? 0;
  stderr.write(`${articles === 0 ? words.empty(deps.articlesDir) : words.welcome(articles)}\n`);
  const lines = createInterface({
    input: stdin,
    ...(interactive ? { output: stdout, prompt: '\n? ' } : {}),
    terminal: interactive,
    history: interactive ? deps.history.load().toReversed() : [],
    historySize: 500,
  });
  const close = (): void => {
    leaving.abort();
    lines.close();
  };
  signal.addEventListener('abort', close);
  lines.on('SIGINT', close);
  try {
    await converse(lines, conversation, { interactive, stdout, signal, history: deps.history });
  } finally {
    signal.removeEventListener('abort', close);
    lines.close();
  }
  if (interactive) stdout.write(`\n${words.bye}\n`);
}

async function converse(
  lines: Interface,
  conversation: Conversation,
  around: {
    readonly interactive: boolean;
    readonly stdout: Surroundings['stdout'];
    readonly signal: AbortSignal;
    readonly history: ChatDeps['history'];
  },
): Promise<void> {
  if (around.interactive) lines.prompt();
  for await (const line of lines) {
    const said = line.trim();
    if (/^\/(quit|exit|q)$/i.test(said)) return;
    if (said !== '') {
      if (around.interactive) around.history.add(said);
      around.stdout.write(`${await conversation.reply(said)}\n`);
    }
    if (around.signal.aborted) return;
    if (around.interactive) lines.prompt();
    else if (said !== '') around.stdout.write('\n');
  }
}

/** What was asked so far, and the replies to what is typed. */
class Conversation {
  readonly #deps: ChatDeps & { readonly leaving: AbortSignal };
  readonly #words;
  readonly #language: Language;
  readonly #colours: Colours;
  #turns: Turn[] = [];
  #last: Answer | null = null;

  constructor(
    deps: ChatDeps & { readonly leaving: AbortSignal },
    language: Language,
    colours: Colours,
  ) {
    this.#deps = deps;
    this.#language = language;
    this.#words = terminalWords(language);
    this.#colours = colours;
  }

  async reply(said: string): Promise<string> {
    const [command = '', ...rest] = said.split(/\s+/);
    if (!command.startsWith('/')) return this.#answer(said);
    switch (command.toLowerCase()) {
      case '/help':
        return this.#words.help;
      case '/sources':
        return this.#sources();
      case '/open':
        return this.#open(rest.join(' '));
      case '/new':
        this.#turns = [];
        this.#last = null;
        return this.#words.fresh;
      default:
        return this.#words.unknownCommand(command);
    }
  }

  async #answer(question: string): Promise<string> {
    try {
      const answer = await this.#deps.ask(question, {
        history: this.#turns,
        language: this.#language,
        signal: this.#deps.leaving,
      });
      this.#last = answer;
      this.#turns = [...this.#turns, turnOf(answer)].slice(-TURNS_KEPT);
      return renderAnswer(answer, terminalWords(answer.language), this.#colours);
    } catch (error) {
      // One question that fails must not end the conversation.
      if (error instanceof YuanwenError) return error.message;
      throw error;
    }
  }

  #citations(): readonly Citation[] {
    if (this.#last === null) return [];
    return this.#last.answered ? this.#last.citations : this.#last.nearest;
  }

  #sources(): string {
    const citations = this.#citations();
    if (citations.length === 0) return this.#words.noSources;
    return renderSources(citations, this.#words, this.#colours);
  }

  #open(given: string): string {
    const citations = this.#citations();
    if (citations.length === 0) return this.#words.noSources;
    const citation = citations.find((each) => String(each.n) === (given === '' ? '1' : given));
    if (citation === undefined) return this.#words.noSuchSource(given, citations.length);
    const article = this.#deps.library.view()?.article(citation.article.id) ?? null;
    return renderArticle(citation, article, this.#words, this.#colours);
  }
}

function turnOf(answer: Answer): Turn {
  return {
    question: answer.question,
    resolved: answer.resolved,
    titles: answer.citations.map((citation) => citation.article.title),
    quote: answer.citations[0]?.quote ?? '',
  };
}
