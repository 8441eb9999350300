import type { CarriedState } from '@trunkline/contracts';
import {
  addItem,
  encryptedContent,
  endItem,
  isDone,
  placeOf,
  type ItemStatus,
  type Output,
  type OutputItem,
} from './output-items.js';
import type { JsonObject } from './response-object.js';

/** Thoughts as their summary, which is what clients show, and the state of whoever thought them. */
export class ReasoningItem implements OutputItem {
  /** Parts of the summary. */
  readonly summary: string[] = [];
  isPartOpen = false;
  status: ItemStatus = 'in_progress';
  state: CarriedState | null = null;

  constructor(
    readonly id: string,
    readonly outputIndex: number,
  ) {}

  json(): JsonObject {
    return {
      id: this.id,
      type: 'reasoning',
      status: this.status,
      summary: this.summary.map((text) => ({ type: 'summary_text', text })),
      ...(this.state ? { encrypted_content: encryptedContent(this.state) } : {}),
    };
  }
}

/** Of thoughts that broke off: no model gets them again. */
const UNFINISHED: CarriedState = { kind: 'unfinished', format: null, data: '', id: null, index: 0 };

/** Says how reasoning grows. */
export class ReasoningWriter {
  open: ReasoningItem | null = null;
  /** Of the events that the open item is for; null takes any. */
  private index: number | null = null;

  /** @param onOpen ends what may not be open beside reasoning */
  constructor(
    private readonly output: Output,
    private readonly onOpen: () => void,
  ) {}

  text(index: number, text: string): void {
    const item = this.item(index);
    if (!item.isPartOpen) {
      item.summary.push('');
      item.isPartOpen = true;
      const part = { type: 'summary_text', text: '' };
      this.output.say({ type: 'response.reasoning_summary_part.added', ...placeOfPart(item), part });
    }
    item.summary[item.summary.length - 1] += text;
    this.output.say({ type: 'response.reasoning_summary_text.delta', ...placeOfPart(item), delta: text });
  }

  /** Signed thoughts are whole. State without thoughts is an item of its own. */
  sign(state: CarriedState): void {
    this.item(state.index).state = state;
    this.end('completed');
  }

  /** What an upstream of this dialect has opened. */
  adopt(item: ReasoningItem, index: number | null): void {
    this.open = item;
    this.index = index;
  }

  end(status: ItemStatus): void {
    const item = this.open;
    this.open = null;
    if (!item || isDone(item)) return;
    // Clients leave out the status of an item, and send it back with what followed.
    if (status === 'incomplete') item.state ??= UNFINISHED;
    if (item.isPartOpen) {
      item.isPartOpen = false;
      const text = item.summary.at(-1) ?? '';
      const place = placeOfPart(item);
      this.output.say({ type: 'response.reasoning_summary_text.done', ...place, text });
      const part = { type: 'summary_text', text };
      this.output.say({ type: 'response.reasoning_summary_part.done', ...place, part });
    }
    endItem(this.output, item, status);
  }

  private item(index: number): ReasoningItem {
    if (this.open && (this.index ?? index) === index) return this.open;
    this.end('completed');
    this.onOpen();
    const { newId, items } = this.output;
    const item = addItem(this.output, new ReasoningItem(newId('rs'), items.length));
    this.adopt(item, index);
    return item;
  }
}

function placeOfPart(item: ReasoningItem): JsonObject {
  return { ...placeOf(item), summary_index: item.summary.length - 1 };
}
