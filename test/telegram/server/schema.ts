import { readFileSync } from 'node:fs';

/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A file that came with a multipart request. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface MethodSchema {
  readonly returns: string;
  /** `chat_id` → `Integer|String`; the names of optional fields end in `?`. */
  readonly fields: Readonly<Record<string, string>>;
}

interface Schema {
  readonly version: string;
  readonly methods: Readonly<Record<string, MethodSchema>>;
  /** A list of alternatives, or the fields of an object. */
  readonly types: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** The Bot API as `scripts/telegram-schema.ts` wrote it down. */
export const schema: Schema = JSON.parse(
  readFileSync(new URL('./schema.json', import.meta.url), 'utf8'),
);

export interface FieldSchema {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

export function fieldList(fields: Readonly<Record<string, string>>): FieldSchema[] {
  return Object.entries(fields).map(([key, type]) => ({
    name: key.replace('?', ''),
    type,
    required: !key.endsWith('?'),
  }));
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ARRAY = 'Array of ';

/** All that a type may be, named alternatives resolved to the objects they stand for. */
export function alternativesOf(type: string): string[] {
  return type.split('|').flatMap((name) => {
    const known = schema.types[name];
    return typeof known === 'string' ? alternativesOf(known) : [name];
  });
}

/** The element type of the arrays among a type's alternatives; null when it has none. */
function elementType(type: string): string | null {
  const elements = alternativesOf(type)
    .filter((name) => name.startsWith(ARRAY))
    .map((name) => name.slice(ARRAY.length));
  return elements.length === 0 ? null : elements.join('|');
}

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isSafeInteger(value),
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  // Uploads have become the names under which they came.
  InputFile: (value) => typeof value === 'string',
};

/**
 * What is wrong with a JSON value of an API type, or null. Stricter than Telegram, which ignores
 * fields that it does not know: here they are a fault, since nobody sends them on purpose.
 * @param at - where the value stands, for the message: `reply_markup.inline_keyboard[0][1]`
 */
export function faultIn(type: string, value: unknown, at: string): string | null {
  const alternatives = alternativesOf(type);
  if (alternatives.some((name) => primitives[name]?.(value) === true)) return null;
  if (alternatives.some((name) => name.startsWith('"') && JSON.parse(name) === value)) return null;
  const element = elementType(type);
  if (element !== null && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = faultIn(element, item, `${at}[${index}]`);
      if (fault !== null) return fault;
    }
    return null;
  }
  if (isObject(value)) return objectFault(alternatives, value, at, type);
  return `${at} must be of type ${type}`;
}

function objectFault(names: string[], value: Fields, at: string, type: string): string | null {
  const faults = names
    .filter((name) => isObject(schema.types[name]))
    .map((name) => ({ name, fault: fieldsFault(name, value, at) }));
  if (faults.some(({ fault }) => fault === null)) return null;
  const meant = faults.find(({ name }) => hasConstantsOf(name, value)) ?? faults[0];
  return meant?.fault ?? `${at} must be of type ${type}`;
}

/** True when the object says itself that it is of this kind: `"type": "photo"`. */
function hasConstantsOf(name: string, value: Fields): boolean {
  const type = schema.types[name];
  if (type === undefined || typeof type === 'string') return false;
  const constants = fieldList(type).filter((field) => field.type.startsWith('"'));
  return (
    constants.length > 0 && constants.every((field) => JSON.parse(field.type) === value[field.name])
  );
}

function fieldsFault(name: string, value: Fields, at: string): string | null {
  const type = schema.types[name];
  const fields = type === undefined || typeof type === 'string' ? [] : fieldList(type);
  const unknown = Object.keys(value).find((key) => fields.every((field) => field.name !== key));
  if (unknown !== undefined) return `${at}: ${name} has no field "${unknown}"`;
  for (const field of fields) {
    const given = value[field.name];
    if (given === undefined) {
      if (field.required) return `${at}: can't find field "${field.name}"`;
      continue;
    }
    const fault = faultIn(field.type, given, `${at}.${field.name}`);
    if (fault !== null) return fault;
  }
  return null;
}
