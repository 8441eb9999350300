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

/** A piece of thoughts: of their summary, or of themselves as servers of open models tell them. */
interface ReasoningPart {
  readonly type: 'summary_text' | 'reasoning_text';
  text: string;
}

/** Thoughts as their summary, which is what clients show, and the state of whoever thought them. */
export class ReasoningItem implements OutputItem {
  readonly parts: ReasoningPart[] = [];
  isPartOpen = false;
  status: ItemStatus = 'in_progress';
  state: CarriedState | null = null;

  constructor(
    readonly id: string,
    readonly outputIndex: number,
  ) {}

  /** Where its last part stands. */
  get placeOfPart(): JsonObject {
    const last = this.parts.at(-1);
    const index = this.parts.filter(({ type }) => type === last?.type).length - 1;
    return {
      ...placeOf(this),
      [last?.type === 'reasoning_text' ? 'content_index' : 'summary_index']: index,
    };
  }

  json(): JsonObject {
    const content = this.parts.filter(({ type }) => type === 'reasoning_text');
    return {
      id: this.id,
      type: 'reasoning',
      status: this.status,
      summary: this.parts.filter(({ type }) => type === 'summary_text'),
      ...(content.length > 0 ? { content } : {}),
      ...(this.state ? { encrypted_content: encryptedContent(this.state) } : {}),
    };
  }
}

/** How the events of a part begin. */
const EVENTS = {
  summary_text: { text: 'response.reasoning_summary_text', part: 'response.reasoning_summary_part' },
  reasoning_text: { text: 'response.reasoning_text', part: 'response.content_part' },
} as const;

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
      item.parts.push({ type: 'summary_text', text: '' });
      item.isPartOpen = true;
      const part = { type: 'summary_text', text: '' };
      this.output.say({ type: 'response.reasoning_summary_part.added', ...item.placeOfPart, part });
    }
    const part = item.parts.at(-1);
    if (!part) return;
    part.text += text;
    this.output.say({ type: `${EVENTS[part.type].text}.delta`, ...item.placeOfPart, delta: text });
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
    const part = item.parts.at(-1);
    if (item.isPartOpen && part) {
      item.isPartOpen = false;
      const place = item.placeOfPart;
      const events = EVENTS[part.type];
      this.output.say({ type: `${events.text}.done`, ...place, text: part.text });
      this.output.say({ type: `${events.part}.done`, ...place, part: { ...part } });
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
