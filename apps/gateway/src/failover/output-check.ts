import type { ChatAnswer, ChatRequest } from '@trunkline/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** What an answer has to keep to. */
export interface OutputCheck {
  /** @returns what is wrong with it; null when nothing is */
  problemOf(answer: ChatAnswer): string | null;
}

const MAX_CACHED = 200;
const compiled = new Map<string, ValidateFunction | null>();

/**
 * The check that `alsoOn` of a request or policy asks for: JSON where JSON was asked for, of the schema that was given.
 * Patterns and formats are not checked, since a tenant's regular expressions would run in everyone's process.
 */
export function outputCheckOf(
  { response_format: format }: Pick<ChatRequest, 'response_format'>,
  alsoOn: readonly string[],
): OutputCheck | null {
  if (!alsoOn.includes('invalid_output')) return null;
  if (format?.type === 'json_object') return checkOf(() => null);
  if (format?.type !== 'json_schema') return null;
  const { schema } = format.json_schema as { schema?: Record<string, unknown> | null };
  const validate = schema ? validatorOf(schema) : null;
  return checkOf((value) => {
    if (!validate || validate(value)) return null;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath || 'the value'} ${first?.message ?? 'does not fit the schema'}`;
  });
}

function checkOf(problemOf: (value: unknown) => string | null): OutputCheck {
  return {
    problemOf({ choices }) {
      for (const { message, finish_reason: finish } of choices) {
        if (finish !== 'stop' || message.refusal || message.tool_calls?.length) continue;
        const value = parse(message.content ?? '');
        if (value === undefined) return 'the answer is not JSON';
        const problem = problemOf(value);
        if (problem) return problem;
      }
      return null;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Null for a schema that cannot be compiled: a provider may know better than we do. */
function validatorOf(schema: Record<string, unknown>): ValidateFunction | null {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  let validate: ValidateFunction | null = null;
  try {
    validate = newAjv().compile(schema);
  } catch {
    // It stays null.
  }
  if (compiled.size >= MAX_CACHED) compiled.clear();
  compiled.set(key, validate);
  return validate;
}

/** One for each schema: an instance keeps the ids of all that it ever compiled. */
function newAjv(): Ajv2020 {
  const everything = Object.assign(() => ({ test: () => true }), { code: '() => ({ test: () => true })' });
  return new Ajv2020({ strict: false, validateFormats: false, logger: false, code: { regExp: everything } });
}
