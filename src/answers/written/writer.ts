import type { LanguageModel, WritingRequest } from '../../ports.ts';
import type { Language } from '../../types.ts';
import { filled } from './prompt.ts';
import type { Prompt, Task } from './prompt.ts';

/** Answers have a few sentences, the other tasks a line. */
const MOST_TOKENS: Readonly<Record<Task, number>> = {
  answer: 500,
  'follow-up': 120,
  'search-words': 120,
  translation: 400,
};

const languageNames: Readonly<Record<Language, { readonly zh: string; readonly en: string }>> = {
  'zh-Hans': { zh: '简体中文', en: 'Simplified Chinese' },
  'zh-Hant': { zh: '繁體中文', en: 'Traditional Chinese' },
  en: { zh: '英文', en: 'English' },
};

/** A language model with its prompts, at work on one question. Counts what it costs. */
export class Writer {
  promptTokens = 0;
  replyTokens = 0;
  readonly #model: LanguageModel;
  readonly #prompts: readonly Prompt[];
  readonly #signal: AbortSignal;

  constructor(model: LanguageModel, prompts: readonly Prompt[], signal: AbortSignal) {
    this.#model = model;
    this.#prompts = prompts;
    this.#signal = signal;
  }

  /**
   * Has one task done.
   * @param language - of the result
   * @param data - values of the prompt's variables, escaped
   */
  async write(
    task: Task,
    language: Language,
    data: Readonly<Record<string, string>>,
    onText?: WritingRequest['onText'],
  ): Promise<string> {
    const prompt = this.#promptFor(task, language);
    const values = { ...data, language: languageNames[language][prompt.language] };
    const { text, promptTokens, replyTokens } = await this.#model.write({
      instructions: filled(prompt.instructions, values),
      message: filled(prompt.message, values),
      maxTokens: MOST_TOKENS[task],
      signal: this.#signal,
      ...(onText === undefined ? {} : { onText }),
    });
    this.promptTokens += promptTokens;
    this.replyTokens += replyTokens;
    return text;
  }

  /** One line, as the tasks besides answering want it, without quotation marks around it. */
  async writeLine(
    task: Exclude<Task, 'answer'>,
    language: Language,
    data: Readonly<Record<string, string>>,
  ): Promise<string> {
    const text = (await this.write(task, language, data)).replaceAll(
      /<think>[^]*?(?:<\/think>|$)/g,
      '',
    );
    const line = text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
    return line.trim().replace(/^["“「『](.*)["”」』]$/u, '$1');
  }

  #promptFor(task: Task, language: Language): Prompt {
    const written = language === 'en' ? 'en' : 'zh';
    const prompts = this.#prompts.filter(({ name }) => name === task);
    const prompt = prompts.find((one) => one.language === written) ?? prompts[0];
    if (prompt === undefined) throw new Error(`no prompt is named ${task}`);
    return prompt;
  }
}
