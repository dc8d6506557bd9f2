import { z } from 'zod';
import { YuanwenError } from './errors.ts';

/**
 * The settings, read once from the environment. Pure: nothing is looked up on disk or in the network.
 * `.env.example` explains every variable to operators; a test holds the two together.
 */

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const ids = text.transform((value, context) => {
  const parts = value === undefined ? [] : value.split(/[\s,，、]+/).filter(Boolean);
  for (const part of parts) {
    if (!/^-?\d{1,16}$/.test(part)) {
      context.addIssue({
        code: 'custom',
        message: `"${part}" is not a Telegram id: ids are whole numbers, separated by commas`,
      });
    }
  }
  return parts.map(Number);
});

function number(low: number, high: number, preset: number) {
  return text.transform((value, context) => {
    if (value === undefined) return preset;
    const parsed = Number(value);
    if (Number.isFinite(parsed) && parsed >= low && parsed <= high) return parsed;
    context.addIssue({
      code: 'custom',
      message: `"${value}" is not a number from ${low} to ${high}`,
    });
    return preset;
  });
}

function whole(low: number, high: number, preset: number) {
  return number(low, high, preset).transform((value, context) => {
    if (Number.isInteger(value)) return value;
    context.addIssue({ code: 'custom', message: `${value} is not a whole number` });
    return preset;
  });
}

function port() {
  return text.transform((value, context) => {
    if (value === undefined) return undefined;
    const parsed = Number(value);
    if (Number.isInteger(parsed) && parsed >= 0 && parsed <= 65_535) return parsed;
    context.addIssue({ code: 'custom', message: `"${value}" is not a port from 0 to 65535` });
    return undefined;
  });
}

const flag = text.transform((value, context) => {
  if (value === undefined || /^(false|0|no|off)$/i.test(value)) return false;
  if (/^(true|1|yes|on)$/i.test(value)) return true;
  context.addIssue({ code: 'custom', message: `"${value}" is neither true nor false` });
  return false;
});

function address(protocols: readonly string[]) {
  return text.transform((value, context) => {
    if (value === undefined) return undefined;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) {
      return value.replace(/\/+$/, '');
    }
    context.addIssue({
      code: 'custom',
      message: `"${value}" is not an address that starts with ${protocols.map((name) => `${name}//`).join(' or ')}`,
    });
    return undefined;
  });
}

function choice<const Names extends readonly [string, ...string[]]>(
  names: Names,
  preset: Names[number],
) {
  return text.transform((value, context): Names[number] => {
    if (value === undefined) return preset;
    const found = names.find((name) => name === value.toLowerCase());
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `"${value}" is none of ${names.join(', ')}` });
    return preset;
  });
}

const schema = z
  .object({
    BOT_TOKEN: text.refine((value) => value === undefined || /^\d+:[\w-]{20,}$/.test(value), {
      // The value is a secret: it is never repeated.
      message:
        'it does not look like a bot token (digits, a colon, letters); copy it from @BotFather',
    }),
    ADMIN_IDS: ids,
    ALLOWED_IDS: ids,
    TELEGRAM_API_ROOT: address(['https:', 'http:']),
    ARTICLES_DIR: text,
    DATA_DIR: text,
    MAX_FILE_MB: number(0.001, 1024, 20),
    EMBEDDING_MODEL: text,
    RERANKER_MODEL: text,
    HF_ENDPOINT: address(['https:', 'http:']),
    INDEX_WORKERS: whole(0, 64, 0),
    KEEP_GENERATIONS: whole(1, 100, 3),
    WATCH: flag,
    LLM_BASE_URL: address(['https:', 'http:']),
    LLM_MODEL: text,
    LLM_API_KEY: text,
    LLM_TIMEOUT_S: number(1, 600, 30),
    LLM_DAILY_BUDGET: whole(0, 1_000_000, 0),
    PROMPTS_DIR: text,
    REFUSAL: choice(['strict', 'balanced', 'open'], 'balanced'),
    CONVERSATION_HOURS: number(0, 24 * 365, 24),
    WEBHOOK_URL: address(['https:', 'http:']),
    WEBHOOK_PORT: port(),
    WEBHOOK_SECRET: text.refine((value) => value === undefined || /^[\w-]{1,256}$/.test(value), {
      message: 'it may hold 1 to 256 letters, digits, _ and - only',
    }),
    HTTP_PORT: port(),
    LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  })
  .superRefine(({ LLM_BASE_URL, LLM_MODEL }, context) => {
    if (LLM_BASE_URL === undefined || LLM_MODEL !== undefined) return;
    const message = 'LLM_BASE_URL is set, so the server must be told which model is meant';
    context.addIssue({ code: 'custom', path: ['LLM_MODEL'], message });
  });

/** Every setting, with its default filled in. */
export interface Config {
  readonly botToken: string | undefined;
  readonly adminIds: readonly number[];
  readonly allowedIds: readonly number[];
  readonly telegramApiRoot: string | undefined;
  readonly articlesDir: string;
  readonly dataDir: string;
  /** Larger files are reported and left out. */
  readonly maxFileBytes: number;
  /** Undefined: the shipped model. */
  readonly embeddingModel: string | undefined;
  readonly rerankerModel: string | undefined;
  readonly hubRoot: string | undefined;
  /** Writes the answers; undefined: they are quotes alone. */
  readonly languageModel: LanguageModelConfig | undefined;
  /** Threads that embed passages; 0: one a processor core. */
  readonly indexWorkers: number;
  readonly keepGenerations: number;
  readonly watch: boolean;
  readonly refusal: 'strict' | 'balanced' | 'open';
  readonly conversationHours: number;
  readonly webhook:
    | { readonly url: string; readonly port: number; readonly secret: string | undefined }
    | undefined;
  /** Serves /healthz, /readyz and /metrics; undefined: not at all. */
  readonly httpPort: number | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

export interface LanguageModelConfig {
  readonly model: string;
  /** Undefined: the model runs inside the process. */
  readonly baseUrl: string | undefined;
  /** Secret. */
  readonly apiKey: string | undefined;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  /** Answers a person may have written in a day; 0: as many as they ask for. */
  readonly dailyBudget: number;
  /** Undefined: the shipped prompts. */
  readonly promptsDir: string | undefined;
}

/** Values of command-line flags that stand over the environment. */
export interface ConfigFlags {
  readonly articles?: string | undefined;
  readonly data?: string | undefined;
}

/** The variables that `.env` may hold. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape);

/**
 * Reads the settings; unknown variables are ignored, empty ones count as not given.
 * @throws YuanwenError `config` that names every faulty variable at once and never repeats a secret.
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: ConfigFlags = {},
): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${issue.message}`,
    );
    throw new YuanwenError(
      'config',
      `The settings can't be used; correct them in .env or in the environment:\n${faults.join('\n')}`,
    );
  }
  const values = parsed.data;
  return {
    botToken: values.BOT_TOKEN,
    adminIds: values.ADMIN_IDS,
    allowedIds: values.ALLOWED_IDS,
    telegramApiRoot: values.TELEGRAM_API_ROOT,
    articlesDir: flags.articles ?? values.ARTICLES_DIR ?? 'data/articles',
    dataDir: flags.data ?? values.DATA_DIR ?? 'data',
    maxFileBytes: Math.round(values.MAX_FILE_MB * 1024 * 1024),
    embeddingModel: values.EMBEDDING_MODEL,
    rerankerModel: values.RERANKER_MODEL,
    hubRoot: values.HF_ENDPOINT,
    languageModel: languageModelOf(values),
    indexWorkers: values.INDEX_WORKERS,
    keepGenerations: values.KEEP_GENERATIONS,
    watch: values.WATCH,
    refusal: values.REFUSAL,
    conversationHours: values.CONVERSATION_HOURS,
    webhook:
      values.WEBHOOK_URL === undefined
        ? undefined
        : {
            url: values.WEBHOOK_URL,
            port: values.WEBHOOK_PORT ?? 8443,
            secret: values.WEBHOOK_SECRET,
          },
    httpPort: values.HTTP_PORT,
    logLevel: values.LOG_LEVEL,
  };
}

function languageModelOf(values: z.infer<typeof schema>): LanguageModelConfig | undefined {
  if (values.LLM_MODEL === undefined) return undefined;
  return {
    model: values.LLM_MODEL,
    baseUrl: values.LLM_BASE_URL,
    apiKey: values.LLM_API_KEY,
    timeout: values.LLM_TIMEOUT_S * 1000,
    dailyBudget: values.LLM_DAILY_BUDGET,
    promptsDir: values.PROMPTS_DIR,
  };
}
