import type { JsonObject } from '../doors/responses/print/response-object.js';
import { isRunning } from './response-status.js';

/** Where the pieces of an item that is still open belong. */
const GROWING: Readonly<Record<string, 'arguments' | 'input'>> = {
  'response.function_call_arguments.delta': 'arguments',
  'response.custom_tool_call_input.delta': 'input',
};

/**
 * Puts a response together from its events, as far as they have come: items that are done as they were told, the open
 * ones with what their pieces have said.
 */
export class ResponseSoFar {
  private readonly items = new Map<number, JsonObject>();

  constructor(private readonly begun: JsonObject) {}

  /** @param event of the stream, in its order */
  take(event: JsonObject): void {
    const type = String(event['type']);
    const index = Number(event['output_index']);
    if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      this.items.set(index, objectOf(event['item']));
      return;
    }
    const item = this.items.get(index);
    if (!item) return;
    const grown = grow(type, item, event);
    if (grown) this.items.set(index, grown);
  }

  /** The response as it would be told now. */
  response(status: string): JsonObject {
    const inOrder = [...this.items].toSorted(([left], [right]) => left - right);
    const output = inOrder.map(([, item]) => (isRunning(status) ? item : closed(item)));
    return { ...this.begun, status, output };
  }
}

/** What did not end has broken off. */
function closed(item: JsonObject): JsonObject {
  return item['status'] === 'in_progress' ? { ...item, status: 'incomplete' } : item;
}

/** @returns null for an event that says nothing of an item's content */
function grow(type: string, item: JsonObject, event: JsonObject): JsonObject | null {
  const delta = String(event['delta']);
  const field = GROWING[type];
  if (field) return { ...item, [field]: textOf(item[field]) + delta };
  switch (type) {
    case 'response.output_text.delta':
      return withPart(item, 'content', event['content_index'], delta, {
        type: 'output_text',
        annotations: [],
      });
    case 'response.refusal.delta':
      return withPart(item, 'content', event['content_index'], delta, { type: 'refusal' });
    case 'response.reasoning_summary_text.delta':
      return withPart(item, 'summary', event['summary_index'], delta, { type: 'summary_text' });
    case 'response.reasoning_text.delta':
      return withPart(item, 'content', event['content_index'], delta, { type: 'reasoning_text' });
    default:
      return null;
  }
}

function withPart(
  item: JsonObject,
  list: 'content' | 'summary',
  position: unknown,
  delta: string,
  empty: JsonObject,
): JsonObject {
  const known = item[list];
  const parts: JsonObject[] = Array.isArray(known) ? [...(known as JsonObject[])] : [];
  const at =
    typeof position === 'number' && position >= 0 && position < parts.length ? position : parts.length;
  const field = empty['type'] === 'refusal' ? 'refusal' : 'text';
  const part = parts[at] ?? empty;
  parts[at] = { ...part, [field]: textOf(part[field]) + delta };
  return { ...item, [list]: parts };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
