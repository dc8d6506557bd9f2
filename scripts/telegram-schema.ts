/**
 * Makes the test server's schema from a description of the Bot API.
 *
 *     node --import tsx scripts/telegram-schema.ts ../shared/telegram/bot-api.json
 *
 * The result, `test/telegram/server/schema.json`, keeps what a server needs to refuse a wrong call:
 * names, types, what is required, and the constant that tells one kind of an object from another.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly description: string;
}

interface Entry {
  readonly fields?: readonly Field[];
  readonly subtypes?: readonly string[];
  readonly returns?: readonly string[];
}

interface BotApi {
  readonly version: string;
  readonly methods: Readonly<Record<string, Entry>>;
  readonly types: Readonly<Record<string, Entry>>;
}

/** `"photo"` out of `Type of the media, must be photo` or `always “photo”`; null when any string will do. */
function constantOf(field: Field): string | null {
  if (field.types.join() !== 'String') return null;
  if (!['type', 'source', 'status'].includes(field.name)) return null;
  const found = /(?:, always|, must be) ["“]?([a-z0-9_]+)["”]?/.exec(field.description);
  return found?.[1] === undefined ? null : JSON.stringify(found[1]);
}

/** `{ "chat_id": "Integer|String", "text?": "String" }` */
function fieldsOf(entry: Entry): Record<string, string> {
  return Object.fromEntries(
    (entry.fields ?? []).map((field) => [
      field.required ? field.name : `${field.name}?`,
      constantOf(field) ?? field.types.join('|'),
    ]),
  );
}

function mapValues<T>(entries: BotApi['types'], change: (entry: Entry) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, change(entry)]));
}

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node --import tsx scripts/telegram-schema.ts <bot-api.json>');
  process.exit(2);
}
const api: BotApi = JSON.parse(readFileSync(source, 'utf8'));
const schema = {
  version: api.version,
  methods: mapValues(api.methods, (entry) => ({
    returns: (entry.returns ?? []).join('|'),
    fields: fieldsOf(entry),
  })),
  types: mapValues(api.types, (entry) => entry.subtypes?.join('|') ?? fieldsOf(entry)),
};
const target = new URL('../test/telegram/server/schema.json', import.meta.url);
const lines = JSON.stringify(schema).replaceAll(/("[A-Za-z]+":\{"returns)/g, '\n$1');
writeFileSync(target, `${lines.replaceAll(/(?<=[}"]),("[A-Z][A-Za-z]+":[{"])/g, ',\n$1')}\n`);
