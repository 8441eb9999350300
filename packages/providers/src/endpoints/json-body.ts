import type { JsonRecord } from '../loose-json.js';

/** Fields that are the gateway's and never a provider's. */
const OURS: ReadonlySet<string> = new Set([
  'model',
  'models',
  'provider',
  'trunkline',
  'metadata',
  // OpenRouter's.
  'session_id',
  'trace',
  'transforms',
  'plugins',
  'usage',
]);

export interface FieldRules {
  /** Sent under these names. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Not taken: left out, and told to the client. */
  readonly drop?: readonly string[];
}

export interface OutgoingFields {
  readonly fields: JsonRecord;
  readonly dropped: readonly string[];
}

/** A client's fields as a provider takes them: a deny-list, so that a field that nobody has heard of goes through. */
export function outgoingFields(
  request: Readonly<JsonRecord>,
  model: string,
  rules: FieldRules = {},
): OutgoingFields {
  const fields: JsonRecord = { model };
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(request)) {
    if (OURS.has(name) || value === null || value === undefined) continue;
    if (rules.drop?.includes(name)) dropped.push(name);
    else fields[rules.rename?.[name] ?? name] = value;
  }
  return { fields, dropped };
}

/** Those of the fields that the request has. */
export function present(request: Readonly<JsonRecord>, names: readonly string[]): string[] {
  return names.filter((name) => (request[name] ?? null) !== null);
}
