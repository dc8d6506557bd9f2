import { alternativesOf, fieldList, schema } from './schema.ts';

const primitives: Readonly<Record<string, unknown>> = {
  Integer: 1,
  Float: 1,
  String: 'sample',
  Boolean: true,
  InputFile: 'attach://sample',
};

/** The smallest value of an API type: required fields only, the first of all alternatives. */
export function sampleOf(type: string): unknown {
  const [first = 'Boolean'] = alternativesOf(type);
  if (first in primitives) return primitives[first];
  if (first.startsWith('"')) return JSON.parse(first);
  if (first.startsWith('Array of ')) return [];
  const fields = schema.types[first];
  if (fields === undefined || typeof fields === 'string') return true;
  const required = fieldList(fields).filter((field) => field.required);
  return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
}
