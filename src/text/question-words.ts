import { fold } from './fold.ts';

/**
 * What makes a sentence a question without saying what it is about. Chinese is matched anywhere in
 * folded text, longest first; words that only look alike (任何, 几乎, 哪吒 (folded 哪咤)) are spared.
 */
const chinese = new RegExp(
  [
    '为什么|什么时候|什么时间|什么地方|什么样|什么|甚么|(?<!任)何(?:时|地|处|人|种)|为何|如何|怎么样|怎么办|怎么|怎样|咋样|咋|啥时候|啥',
    '哪(?:一?[天年月日]|一?个|一?[位家种类款]|里|儿|些|几?)(?![吒咤])|谁',
    '多少|(?<!许|很|大|最|更|众|诸)多(?=[大高久长远重深宽厚快])|几(?!乎|何|率|内亚|经|度|案)',
    '是否|能否|可否|是不是|有没有|能不能|可不可以|可以吗|会不会|要不要|好不好|对不对',
    '请问|请告诉我|告诉我|我想知道|想知道|想问(?:一?下)?|谁知道|求助',
    '[吗呢吧嘛呀啊么](?=[\\s?!。]*$)',
  ].join('|'),
  'g',
);

const english = new Set(
  `who whom whose what which when where why how many much is are was were be been am do does did
  can could will would shall should may might must has have had the a an of in on at to for from by
  with about into and or not it its this that these those there their his her he she they we you i
  me my your our us them as if then than please tell`.split(/\s+/),
);

const latinWord = /[a-z]+(?:'[a-z]+)?/g;

/**
 * What a question is about: folded, with question words (什么, 多少, who, how many) and English
 * function words blanked out. Empty when nothing else is left.
 */
export function contentOf(question: string): string {
  return fold(question)
    .replaceAll(chinese, ' ')
    .replaceAll(latinWord, (word) => (english.has(word.replace(/'.*/, '')) ? ' ' : word))
    .replaceAll(/\s+/g, ' ')
    .trim();
}
