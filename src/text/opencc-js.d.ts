/** OpenCC's Traditional→Simplified characters: `'丟 丢|並 并|…'`, the first alternative being the usual one. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}

/** OpenCC's Simplified→Traditional characters, in the same form. */
declare module 'opencc-js/dict/STCharacters' {
  const pairs: string;
  export default pairs;
}
