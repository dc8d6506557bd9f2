import { parseJson } from './request.ts';
import type { RawParameters } from './request.ts';
import { badRequest } from './refusal.ts';
import { alternativesOf, faultIn, fieldList, isObject, schema } from './schema.ts';
import type { Fields, FieldSchema, UploadedFile } from './schema.ts';
import type { Entity } from './text.ts';
import { isWellFormed } from './text.ts';

/** Telegram's own words for what is missing, where it has any. */
const missing: Readonly<Record<string, string>> = {
  chat_id: 'chat_id is empty',
  from_chat_id: 'from_chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  message_ids: 'message identifiers are not specified',
  user_id: 'invalid user_id specified',
  file_id: 'file_id not specified',
  action: 'wrong parameter action in request',
  animation: 'there is no animation in the request',
  audio: 'there is no audio in the request',
  document: 'there is no document in the request',
  photo: 'there is no photo in the request',
  sticker: 'there is no sticker in the request',
  video: 'there is no video in the request',
  video_note: 'there is no video note in the request',
  voice: 'there is no voice in the request',
};

/** A call's parameters, in the types that the Bot API gives them. */
export class Parameters {
  readonly fields: Fields;
  readonly #files: ReadonlyMap<string, UploadedFile>;

  /**
   * Checks every parameter of a known method against the schema.
   * @throws Refusal for parameters that are unknown, missing or of another type
   */
  static read(method: string, raw: RawParameters): Parameters {
    const known = fieldList(schema.methods[method]?.fields ?? {});
    const names = [...Object.keys(raw.fields), ...raw.files.keys()];
    const attached = JSON.stringify(raw.fields);
    const unknown = names.find(
      (name) =>
        known.every((field) => field.name !== name) && !attached.includes(`attach://${name}`),
    );
    if (unknown !== undefined) throw badRequest(`method ${method} has no parameter "${unknown}"`);
    const fields: Record<string, unknown> = {};
    for (const field of known) {
      const value = raw.files.has(field.name)
        ? uploaded(field)
        : converted(field, raw.fields[field.name]);
      if (value === undefined || value === null || value === '') {
        if (field.required && !(value === '' && mayBeEmpty(method, field.name))) {
          throw badRequest(missing[field.name] ?? `parameter "${field.name}" is required`);
        }
      } else {
        const fault = faultIn(field.type, value, field.name);
        if (fault !== null) throw badRequest(fault);
      }
      if (value !== undefined && value !== null) fields[field.name] = value;
    }
    JSON.stringify(fields, checkString);
    return new Parameters(fields, raw.files);
  }

  constructor(fields: Fields, files: ReadonlyMap<string, UploadedFile>) {
    this.fields = fields;
    this.#files = files;
  }

  string(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' ? value : undefined;
  }

  integer(name: string): number | undefined {
    const value = this.fields[name];
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  object(name: string): Fields | undefined {
    const value = this.fields[name];
    return isObject(value) ? value : undefined;
  }

  list(name: string): readonly unknown[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value : [];
  }

  objects(name: string): Fields[] {
    return this.list(name).filter(isObject);
  }

  entities(name: string): Entity[] {
    return this.objects(name).filter(isEntity);
  }

  /** An upload under the parameter's own name, or under the one that `attach://` gives. */
  file(name: string): UploadedFile | undefined {
    return (
      this.#files.get(name) ?? this.#files.get(this.string(name)?.slice('attach://'.length) ?? '')
    );
  }
}

export function isEntity(value: Fields): value is Fields & Entity {
  return (
    typeof value['type'] === 'string' &&
    typeof value['offset'] === 'number' &&
    typeof value['length'] === 'number'
  );
}

function uploaded(field: FieldSchema): string {
  if (!field.type.includes('InputFile') && !field.type.includes('Input')) {
    throw badRequest(`parameter "${field.name}" must not be a file`);
  }
  return `attach://${field.name}`;
}

/** Lone surrogates come as JSON escapes and are no text. */
function checkString(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && !isWellFormed(value)) {
    throw badRequest('strings must be encoded in UTF-8');
  }
  return value;
}

function mayBeEmpty(method: string, name: string): boolean {
  return method === 'setWebhook' && name === 'url';
}

/** Strings are all that forms and query strings have: they become what the type asks for. */
function converted(field: FieldSchema, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const alternatives = alternativesOf(field.type);
  const isNumber = alternatives.includes('Integer') || alternatives.includes('Float');
  if (isNumber && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (alternatives.includes('String') || alternatives.includes('InputFile')) return value;
  if (alternatives.includes('Boolean')) return booleanOf(value);
  return value === '' || isNumber ? value : (parseJson(value) ?? value);
}

function booleanOf(value: string): unknown {
  if (/^(?:true|yes|1)$/iu.test(value)) return true;
  return /^(?:false|no|0)$/iu.test(value) ? false : value;
}
