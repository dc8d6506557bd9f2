/** Whether a text is Chinese rather than of Latin letters; an English sentence may well have a Chinese name in it. */
export function isChineseText(text: string): boolean {
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return characters > 2 * words;
}
