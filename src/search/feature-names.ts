/**
 * What the ranking knows of a passage for a question. All are cheap, most lie in 0…1, and none names a
 * word: so weights learned on one library hold for another.
 */
export const FEATURES = [
  // How much of the question, weighted by rarity, the passage has.
  'bm25',
  'bm25Characters',
  'bm25Pairs',
  'bm25Words',
  'coverageCharacters',
  'coveragePairs',
  'coverageWords',
  // Rare terms counting twice as much.
  'coverageRare',
  // The same, within one sentence and within forty characters.
  'coverageSentence',
  'coverageWindow',
  // Rare terms counting twice as much, within forty and within a hundred characters.
  'coverageWindowRare',
  'coverageWideRare',
  // Pairs with up to three characters between them: 北大 and 北京大学.
  'coverageLoose',
  // Longest common subsequence and substring, as a share of the question.
  'commonSubsequence',
  'commonSubstring',
  // The subsequence again, of the question with its question words: 多少钱 is in many answers.
  'askedSubsequence',
  // Title, kicker, deck and subhead.
  'coverageHead',
  'coverageBoth',
  // Of the numbers and Latin names of the question; 1 where it has none.
  'numbersFound',
  'namesFound',
  // The kind of answer that is asked for (a date, an amount, …): 1 it stands near the question's words,
  // 0.5 elsewhere or the kind is unknown, 0 nowhere.
  'answerKind',
  // Cosine similarity of question and passage, and its distance to the best.
  'dense',
  'denseLead',
  'denseRank',
  // In a language that the passages are not in: how near their words come to the question's in meaning;
  // 0 for all other questions, and for passages that were not looked at.
  'meaning',
  // Lexical sum as a share of the best, and ranks as 1/rank.
  'lexicalShare',
  'lexicalRank',
  'agreement',
  // Of the passage alone.
  'position',
  'length',
  // Of the question alone.
  'questionLength',
  'rarity',
] as const;

export type FeatureName = (typeof FEATURES)[number];
export type Features = Readonly<Record<FeatureName, number>>;
