import type { ChatEvent } from '@trunkline/contracts';
import type { OwnToolName } from '../tool-names.js';
import { CallItem } from './calls-writer.js';
import { MessageItem } from './message-writer.js';
import { encryptedContent, type ItemStatus, type Output, type OutputItem } from './output-items.js';
import type { OutputWriter } from './output-writer.js';
import { ReasoningItem } from './reasoning-writer.js';
import type { JsonObject } from './response-object.js';

/** An item as an upstream of this dialect gave it, whole or of a kind that only it knows. */
class NativeItem implements OutputItem {
  constructor(
    readonly id: string,
    readonly outputIndex: number,
    private readonly value: JsonObject,
    public status: ItemStatus,
  ) {}

  json(): JsonObject {
    return this.value;
  }
}

/**
 * Keeps the items of a stream whose frames are forwarded, so that the answer can be told whole, and another target can go
 * on with what is open.
 */
export class NativeOutput {
  constructor(
    private readonly output: Output,
    private readonly writer: OutputWriter,
  ) {}

  /** `response.output_item.added` */
  added(frame: JsonObject, events: readonly ChatEvent[]): void {
    const item = objectOf(frame['item']);
    const id = textOf(item['id']);
    const place = this.placeOf(frame);
    const began = events.find((event) => event.type === 'tool_call_start');
    switch (item['type']) {
      case 'message':
        this.writer.message.open = this.keep(new MessageItem(id, place));
        return;
      case 'reasoning':
        this.writer.reasoning.adopt(this.keep(new ReasoningItem(id, place)), null);
        return;
      case 'function_call':
      case 'custom_tool_call': {
        const kind = item['type'] === 'function_call' ? 'function' : 'custom';
        const names = {
          kind,
          callId: textOf(item['call_id']),
          tool: toolOf(item),
          isWrapped: false,
        } as const;
        this.writer.calls.adopt(this.keep(new CallItem(id, place, names)), began?.index ?? place);
        return;
      }
      default:
        this.keep(new NativeItem(id, place, item, 'in_progress'));
    }
  }

  /** `response.content_part.added` and `response.reasoning_summary_part.added` */
  partAdded(frame: JsonObject): void {
    const part = objectOf(frame['part']);
    const message = this.writer.message.open;
    const reasoning = this.writer.reasoning.open;
    switch (part['type']) {
      case 'output_text':
        message?.parts.push({ type: 'output_text', text: '', annotations: [], logprobs: [] });
        if (message) message.isPartOpen = true;
        return;
      case 'refusal':
        message?.parts.push({ type: 'refusal', refusal: '' });
        if (message) message.isPartOpen = true;
        return;
      case 'summary_text':
      case 'reasoning_text':
        reasoning?.parts.push({ type: part['type'], text: '' });
        if (reasoning) reasoning.isPartOpen = true;
        return;
      default:
    }
  }

  /** `response.content_part.done` and `response.reasoning_summary_part.done` */
  partDone(frame: JsonObject): void {
    const type = objectOf(frame['part'])['type'];
    const isThought = type === 'summary_text' || type === 'reasoning_text';
    const item = isThought ? this.writer.reasoning.open : this.writer.message.open;
    if (item) item.isPartOpen = false;
  }

  /** `response.output_text.annotation.added`, as it stands */
  annotated(frame: JsonObject): void {
    const last = this.writer.message.open?.parts.at(-1);
    if (last?.type === 'output_text') last.annotations.push(frame['annotation']);
  }

  /**
   * `response.output_item.done`
   * @returns the item as the client is to get it, where that is not as it came
   */
  done(frame: JsonObject, events: readonly ChatEvent[]): JsonObject | null {
    const item = objectOf(frame['item']);
    const sealed = carriedBy(item, events);
    const place = this.placeOf(frame);
    const { items } = this.output;
    const open = items.find(({ outputIndex }) => outputIndex === place);
    const whole = new NativeItem(textOf(item['id']), place, sealed, 'completed');
    if (open) {
      open.status = 'completed';
      items[items.indexOf(open)] = whole;
    } else items.push(whole);
    if (this.writer.message.open === open) this.writer.message.open = null;
    if (this.writer.reasoning.open === open) this.writer.reasoning.open = null;
    return sealed === item ? null : sealed;
  }

  private keep<Item extends OutputItem>(item: Item): Item {
    this.output.items.push(item);
    return item;
  }

  private placeOf(frame: JsonObject): number {
    const place = frame['output_index'];
    if (typeof place === 'number') return place;
    // Some servers say it of the beginning alone.
    const id = textOf(objectOf(frame['item'])['id']);
    const known = id === '' ? undefined : this.output.items.find((item) => item.id === id);
    return known?.outputIndex ?? this.output.items.length;
  }
}

/**
 * A reasoning item with its state as clients get it: state that is not OpenAI's own says who made it.
 * @param events what its decoder read from it
 */
export function carriedBy(item: JsonObject, events: readonly ChatEvent[]): JsonObject {
  const sealed = item['encrypted_content'];
  if (typeof sealed !== 'string') return item;
  const event = events.find((one) => one.type === 'reasoning_encrypted' && one.data === sealed);
  if (event?.type !== 'reasoning_encrypted') return item;
  const { format, data, id, index } = event;
  const content = encryptedContent({ kind: 'encrypted', format, data, id, index });
  return content === sealed ? item : { ...item, encrypted_content: content };
}

export function objectOf(value: unknown): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toolOf(item: JsonObject): OwnToolName {
  const name = textOf(item['name']);
  return typeof item['namespace'] === 'string' ? { name, namespace: item['namespace'] } : { name };
}
