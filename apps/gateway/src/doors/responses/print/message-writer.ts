import type { Annotation, SourceCitation } from '@trunkline/contracts';
import {
  addItem,
  endItem,
  isDone,
  placeOf,
  type ItemStatus,
  type Output,
  type OutputItem,
} from './output-items.js';
import type { JsonObject } from './response-object.js';

export interface TextPart {
  readonly type: 'output_text';
  text: string;
  readonly annotations: unknown[];
  readonly logprobs: unknown[];
}

export interface RefusalPart {
  readonly type: 'refusal';
  refusal: string;
}

/** What the model said: texts and refusals, one part after the other. */
export class MessageItem implements OutputItem {
  readonly parts: (TextPart | RefusalPart)[] = [];
  /** The last part takes more. */
  isPartOpen = false;
  status: ItemStatus = 'in_progress';

  constructor(
    readonly id: string,
    readonly outputIndex: number,
  ) {}

  json(): JsonObject {
    return { id: this.id, type: 'message', status: this.status, role: 'assistant', content: this.parts };
  }
}

/** Says how messages grow. */
export class MessageWriter {
  open: MessageItem | null = null;
  /** Characters of visible text before the open part, which is where citations of it begin to count. */
  private textBefore = 0;

  /** @param onOpen ends what may not be open beside a message */
  constructor(
    private readonly output: Output,
    private readonly onOpen: () => void,
  ) {}

  text(text: string): void {
    const { message, part } = this.textPart();
    part.text += text;
    this.output.say({
      type: 'response.output_text.delta',
      ...placeOfPart(message),
      delta: text,
      logprobs: [],
    });
  }

  refusal(text: string): void {
    const message = this.message();
    let part = message.isPartOpen ? message.parts.at(-1) : undefined;
    if (part?.type !== 'refusal') {
      part = { type: 'refusal', refusal: '' };
      this.addPart(message, part);
    }
    part.refusal += text;
    this.output.say({ type: 'response.refusal.delta', ...placeOfPart(message), delta: text });
  }

  /** Offsets come counted over the whole answer, and go out counted in their part. */
  annotate({ type, url_citation: citation, ...rest }: Annotation): void {
    const { start_index: start, end_index: end, ...said } = citation ?? {};
    this.addAnnotation({
      type,
      ...said,
      ...(start === undefined ? {} : { start_index: Math.max(0, start - this.textBefore) }),
      ...(end === undefined ? {} : { end_index: Math.max(0, end - this.textBefore) }),
      ...rest,
    });
  }

  private addAnnotation(annotation: JsonObject): void {
    const { message, part } = this.textPart();
    const index = part.annotations.push(annotation) - 1;
    this.output.say({
      type: 'response.output_text.annotation.added',
      ...placeOfPart(message),
      annotation_index: index,
      annotation,
    });
  }

  /** The document or file is named; where in it is more than this dialect says. */
  cite(citation: SourceCitation): void {
    const { source_id: id, file_id: file, title, start_index: start, end_index: end } = citation;
    const { part } = this.textPart();
    this.addAnnotation({
      type: 'file_citation',
      file_id: file ?? id ?? '',
      filename: title ?? id ?? '',
      index: Math.max(0, (end ?? this.textBefore + part.text.length) - this.textBefore),
      cited_text: citation.cited_text,
      ...(start === undefined ? {} : { start_index: Math.max(0, start - this.textBefore) }),
      ...(end === undefined ? {} : { end_index: Math.max(0, end - this.textBefore) }),
    });
  }

  /** Of the text that is open, as chat tells them: behind the piece that they are of, in a piece without text. */
  logprobs(value: unknown): void {
    const { content } = (value ?? {}) as { content?: unknown };
    const message = this.open;
    const last = message?.parts.at(-1);
    if (!message?.isPartOpen || last?.type !== 'output_text' || !Array.isArray(content)) return;
    const logprobs = content as unknown[];
    last.logprobs.push(...logprobs);
    this.output.say({
      type: 'response.output_text.delta',
      ...placeOfPart(message),
      delta: '',
      logprobs,
    });
  }

  end(status: ItemStatus): void {
    const message = this.open;
    this.open = null;
    if (!message || isDone(message)) return;
    this.endPart(message);
    endItem(this.output, message, status);
  }

  private message(): MessageItem {
    if (this.open && !isDone(this.open)) return this.open;
    this.onOpen();
    const { newId, items } = this.output;
    this.open = addItem(this.output, new MessageItem(newId('msg'), items.length));
    return this.open;
  }

  private textPart(): { message: MessageItem; part: TextPart } {
    const message = this.message();
    const last = message.isPartOpen ? message.parts.at(-1) : undefined;
    if (last?.type === 'output_text') return { message, part: last };
    const part: TextPart = { type: 'output_text', text: '', annotations: [], logprobs: [] };
    this.addPart(message, part);
    return { message, part };
  }

  private addPart(message: MessageItem, part: TextPart | RefusalPart): void {
    this.endPart(message);
    message.parts.push(part);
    message.isPartOpen = true;
    this.output.say({ type: 'response.content_part.added', ...placeOfPart(message), part });
  }

  private endPart(message: MessageItem): void {
    const part = message.parts.at(-1);
    if (!message.isPartOpen || !part) return;
    message.isPartOpen = false;
    const place = placeOfPart(message);
    if (part.type === 'output_text') {
      this.textBefore += part.text.length;
      const { text, logprobs } = part;
      this.output.say({ type: 'response.output_text.done', ...place, text, logprobs });
    } else {
      this.output.say({ type: 'response.refusal.done', ...place, refusal: part.refusal });
    }
    this.output.say({ type: 'response.content_part.done', ...place, part });
  }
}

function placeOfPart(message: MessageItem): JsonObject {
  return { ...placeOf(message), content_index: message.parts.length - 1 };
}
