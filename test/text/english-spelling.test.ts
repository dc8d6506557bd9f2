import { describe, expect, it } from 'vitest';
import { americanSpelling } from '../../src/text/english-spelling.ts';

describe('the American spelling', () => {
  it.each([
    ['centre', 'center'],
    ['metres', 'meters'],
    ['colours', 'colors'],
    ['organised', 'organized'],
    ['organisations', 'organizations'],
    ['analyse', 'analyze'],
    ['travelled', 'traveled'],
    ['fulfil', 'fulfill'],
    ['catalogue', 'catalog'],
    ['programme', 'program'],
    ['defence', 'defense'],
    ['grey', 'gray'],
    ['cheque', 'check'],
    ['tyres', 'tires'],
  ])('of %s is %s', (british, american) => {
    expect(americanSpelling(british)).toBe(american);
  });

  it.each(['hour', 'four', 'rise', 'force', 'shoe', 'travel', 'center', 'xiongan', ''])(
    'of %s is the same',
    (word) => {
      expect(americanSpelling(word)).toBe(word);
    },
  );
});
