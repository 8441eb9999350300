import { isRecord, type JsonRecord } from '../loose-json.js';

/** Fields that name an object kept at the provider. https://platform.openai.com/docs/api-reference/responses/create */
const TOP_LEVEL = ['previous_response_id', 'conversation', 'prompt'];
const OF_TOOLS = ['vector_store_ids', 'connector_id'];

/**
 * The first field of a request for a response that names an object kept at the provider. Such ids belong to whoever made
 * the object; on the platform's shared credential they could be another tenant's.
 * @returns the field's path, or null
 */
export function keptInResponses(body: Readonly<Record<string, unknown>>): string | null {
  for (const field of TOP_LEVEL) if ((body[field] ?? null) !== null) return field;
  return keptInItems(body['input']) ?? keptInTools(body['tools']);
}

function keptInItems(input: unknown): string | null {
  for (const [i, item] of recordsOf(input)) {
    const path = `input[${i}]`;
    if (item['type'] === 'item_reference') return `${path}.id`;
    for (const field of ['content', 'output'] as const) {
      const value = item[field];
      // What a computer shows comes as one part.
      if (isRecord(value) && hasFileId(value)) return `${path}.${field}.file_id`;
      for (const [j, part] of recordsOf(value)) if (hasFileId(part)) return `${path}.${field}[${j}].file_id`;
    }
  }
  return null;
}

function keptInTools(tools: unknown): string | null {
  for (const [i, tool] of recordsOf(tools)) {
    const path = `tools[${i}]`;
    for (const field of OF_TOOLS) if ((tool[field] ?? null) !== null) return `${path}.${field}`;
    const { container, environment, input_image_mask: mask } = tool;
    if (typeof container === 'string') return `${path}.container`;
    if (isRecord(container) && 'file_ids' in container) return `${path}.container.file_ids`;
    if (isRecord(environment) && 'container_id' in environment) return `${path}.environment.container_id`;
    if (isRecord(mask) && hasFileId(mask)) return `${path}.input_image_mask.file_id`;
  }
  return null;
}

function hasFileId(part: JsonRecord): boolean {
  return (part['file_id'] ?? null) !== null;
}

function recordsOf(value: unknown): [number, JsonRecord][] {
  if (!Array.isArray(value)) return [];
  return [...(value as unknown[]).entries()].filter((entry): entry is [number, JsonRecord] =>
    isRecord(entry[1]),
  );
}
