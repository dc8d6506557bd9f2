import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { missing, sharedPath } from '../../shared.ts';
import { sampleOf } from './sample.ts';
import { faultIn, fieldList, schema } from './schema.ts';

interface Described {
  readonly fields?: readonly { readonly name: string; readonly required: boolean }[];
}

describe.skipIf(missing('telegram/bot-api.json'))('the schema', () => {
  test('has every method, type and field of the Bot API', () => {
    const api: { methods: Record<string, Described>; types: Record<string, Described> } =
      JSON.parse(readFileSync(sharedPath('telegram/bot-api.json'), 'utf8'));
    expect(Object.keys(schema.methods)).toEqual(Object.keys(api.methods));
    expect(Object.keys(schema.types)).toEqual(Object.keys(api.types));
    const described = [
      ...Object.entries(api.methods).map(([name, { fields }]) => ({
        fields,
        known: fieldList(schema.methods[name]?.fields ?? {}),
      })),
      ...Object.entries(api.types).map(([name, { fields }]) => {
        const type = schema.types[name];
        return { fields, known: typeof type === 'object' ? fieldList(type) : [] };
      }),
    ];
    for (const { fields = [], known } of described) {
      expect(known.map(({ name, required }) => ({ name, required }))).toEqual(
        fields.map(({ name, required }) => ({ name, required })),
      );
    }
  });
});

test('the smallest value of every type is a value of that type', () => {
  const types = [
    ...Object.keys(schema.types),
    ...Object.values(schema.methods).map(({ returns }) => returns),
  ];
  expect(types.map((type) => faultIn(type, sampleOf(type), type)).filter(Boolean)).toEqual([]);
});

test.each<[string, unknown, string | null]>([
  ['Integer', 5, null],
  ['Integer', 5.5, 'x must be of type Integer'],
  ['Integer', '5', 'x must be of type Integer'],
  ['Integer|String', '@name', null],
  ['Array of String', ['a', 5], 'x[1] must be of type String'],
  ['User', { id: 1, is_bot: false, first_name: 'A' }, null],
  ['User', { id: 1, is_bot: false }, 'x: can\'t find field "first_name"'],
  ['User', { id: 1, is_bot: false, first_name: 'A', age: 5 }, 'x: User has no field "age"'],
  ['ReactionType', { type: 'emoji', emoji: '👍' }, null],
  ['ReactionType', { type: 'custom_emoji' }, 'x: can\'t find field "custom_emoji_id"'],
  ['RichText', ['plain', { type: 'bold', text: 'strong' }], null],
])('%s: %j → %s', (type, value, fault) => {
  expect(faultIn(type, value, 'x')).toBe(fault);
});
