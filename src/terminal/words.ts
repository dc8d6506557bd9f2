import { createColors } from 'picocolors';
import type { Surroundings } from '../commands/command.ts';
import type { Language } from '../types.ts';

export type Colours = ReturnType<typeof createColors>;

/** What the terminal chat says of itself, in the reader's language. */
export interface TerminalWords {
  readonly welcome: (articles: number) => string;
  readonly empty: (folder: string) => string;
  readonly help: string;
  readonly paragraph: (number: number) => string;
  readonly sources: string;
  readonly nearest: string;
  readonly noSources: string;
  readonly fresh: string;
  readonly gone: string;
  readonly noSuchSource: (given: string, count: number) => string;
  readonly unknownCommand: (given: string) => string;
  readonly openHint: string;
  readonly bye: string;
}

const zhHans: TerminalWords = {
  welcome: (articles) =>
    `原文:用文章自己的话回答。共 ${articles} 篇文章。请提问,/help 看用法,/quit 离开。`,
  empty: (folder) => `还没有文章:请把 .txt 或 .md 文件放进 ${folder},再重新启动。`,
  help: [
    '直接输入问题,回车。',
    '/sources   上一个回答的出处',
    '/open N    打开第 N 个出处的全文',
    '/new       换个话题,忘掉前面的问题',
    '/help      这段说明',
    '/quit      离开(Ctrl-C 也可以)',
  ].join('\n'),
  paragraph: (number) => `第${number}段`,
  sources: '出处',
  nearest: '最接近的段落',
  noSources: '还没有出处:先问一个问题。',
  fresh: '好,换个话题。',
  gone: '这篇文章已不在文章库里,下面是引用的段落。',
  noSuchSource: (given, count) => `没有第“${given}”个出处,请用 /open 1 到 /open ${count}。`,
  unknownCommand: (given) => `不认识 ${given}。/help 看用法。`,
  openHint: '/open N 打开全文',
  bye: '再见。',
};

const zhHant: TerminalWords = {
  welcome: (articles) =>
    `原文:用文章自己的話回答。共 ${articles} 篇文章。請提問,/help 看用法,/quit 離開。`,
  empty: (folder) => `還沒有文章:請把 .txt 或 .md 檔案放進 ${folder},再重新啟動。`,
  help: [
    '直接輸入問題,按 Enter。',
    '/sources   上一個回答的出處',
    '/open N    打開第 N 個出處的全文',
    '/new       換個話題,忘掉前面的問題',
    '/help      這段說明',
    '/quit      離開(Ctrl-C 也可以)',
  ].join('\n'),
  paragraph: (number) => `第${number}段`,
  sources: '出處',
  nearest: '最接近的段落',
  noSources: '還沒有出處:先問一個問題。',
  fresh: '好,換個話題。',
  gone: '這篇文章已不在文章庫裡,下面是引用的段落。',
  noSuchSource: (given, count) => `沒有第「${given}」個出處,請用 /open 1 到 /open ${count}。`,
  unknownCommand: (given) => `不認識 ${given}。/help 看用法。`,
  openHint: '/open N 打開全文',
  bye: '再見。',
};

const en: TerminalWords = {
  welcome: (articles) =>
    `Yuanwen answers in the articles' own words. ${articles} articles. Ask; /help shows how, /quit leaves.`,
  empty: (folder) => `There are no articles: put .txt or .md files into ${folder} and start again.`,
  help: [
    'Type a question and press Enter.',
    '/sources   where the last answer stands',
    '/open N    the whole article of source N',
    '/new       change the subject: forget the questions before',
    '/help      this',
    '/quit      leave (so does Ctrl-C)',
  ].join('\n'),
  paragraph: (number) => `paragraph ${number}`,
  sources: 'Sources',
  nearest: 'The closest passages',
  noSources: 'There are no sources yet: ask a question first.',
  fresh: 'Right, a new subject.',
  gone: 'This article is no longer in the library; this is the paragraph that was cited.',
  noSuchSource: (given, count) => `There is no source "${given}"; use /open 1 to /open ${count}.`,
  unknownCommand: (given) => `${given} is not a command. /help shows them.`,
  openHint: '/open N shows the whole article',
  bye: 'Goodbye.',
};

const words: Readonly<Record<Language, TerminalWords>> = {
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  en,
};

export function terminalWords(language: Language): TerminalWords {
  return words[language];
}

/** The language of a terminal by its locale variables (`zh_TW.UTF-8`); English when they say nothing of Chinese. */
export function terminalLanguage(
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  if (!/^zh/i.test(locale)) return 'en';
  return /TW|HK|MO|Hant/i.test(locale) ? 'zh-Hant' : 'zh-Hans';
}

/** Colours where a person looks at a terminal (or FORCE_COLOR asks for them) and NO_COLOR does not forbid them. */
export function terminalColours({
  stdout,
  environment,
}: Pick<Surroundings, 'stdout' | 'environment'>): Colours {
  const isForced = environment['FORCE_COLOR'] !== undefined && environment['FORCE_COLOR'] !== '0';
  return createColors(isForced || (stdout.isTTY === true && !environment['NO_COLOR']));
}
