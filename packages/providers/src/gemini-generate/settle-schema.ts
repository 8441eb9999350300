import { isRecord, type JsonRecord } from '../loose-json.js';
import { ANNOTATIONS, type CompiledSchema } from '../schema/index.js';

const settledOf = new WeakMap<CompiledSchema, CompiledSchema>();

/**
 * What Gemini wants beside the keywords: a union stands alone, every other schema says its type, no list has an empty
 * text, and an object without properties says nothing of them. What was compiled is kept and not changed.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Schema
 */
export function settleSchema(compiled: CompiledSchema): CompiledSchema {
  const known = settledOf.get(compiled);
  if (known) return known;
  const lost = new Set(compiled.lost);
  const settled = { schema: settleRoot(compiled.schema, lost), lost: [...lost] };
  settledOf.set(compiled, settled);
  return settled;
}

/** Arguments are one object: those of a union of objects are all of theirs. */
function settleRoot(root: JsonRecord, lost: Set<string>): JsonRecord {
  const { anyOf, ...beside } = root;
  const members = Array.isArray(anyOf) ? (anyOf as unknown[]).filter(isRecord) : [];
  if (members.length === 0 || !members.every(({ type }) => type === 'object')) return settle(root, lost);
  lost.add('anyOf');
  const properties = Object.assign({}, ...[...members, root].map(propertiesOf)) as JsonRecord;
  return settle({ ...beside, properties }, lost);
}

function propertiesOf({ properties }: JsonRecord): JsonRecord {
  return isRecord(properties) ? properties : {};
}

function settle(schema: JsonRecord, lost: Set<string>): JsonRecord {
  const { anyOf, ...beside } = schema;
  if (Array.isArray(anyOf)) {
    const members = (anyOf as unknown[]).filter(isRecord);
    if (!constrains(beside, members)) return settleUnion(beside, members, lost);
    lost.add('anyOf');
  }
  const { properties, items, enum: values, ...rest } = beside;
  const written: JsonRecord = { ...rest };
  written['type'] ??= 'string';
  if (isRecord(properties) && Object.keys(properties).length > 0)
    written['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, isRecord(one) ? settle(one, lost) : one]),
    );
  if (isRecord(items)) written['items'] = settle(items, lost);
  if (Array.isArray(values)) {
    const said = (values as unknown[]).filter((value) => value !== '');
    if (said.length > 0) written['enum'] = said;
    else lost.add('enum');
  }
  return written;
}

/** Whether what stands beside a union says more than the union does. */
function constrains(beside: JsonRecord, members: readonly JsonRecord[]): boolean {
  const { type, nullable: _nullable, description: _description, ...rest } = beside;
  if (Object.keys(rest).some((keyword) => !ANNOTATIONS.has(keyword))) return true;
  return type !== undefined && members.some((member) => member['type'] !== type);
}

/** What is said of all its members is said of each. */
function settleUnion(
  { nullable, description }: JsonRecord,
  members: JsonRecord[],
  lost: Set<string>,
): JsonRecord {
  const anyOf = members.map((member) =>
    settle(
      {
        ...(description === undefined ? {} : { description }),
        ...member,
        ...(nullable === true ? { nullable } : {}),
      },
      lost,
    ),
  );
  const [only] = anyOf;
  return anyOf.length === 1 && only ? only : { anyOf };
}
