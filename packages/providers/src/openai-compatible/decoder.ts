import type { ChatEvent, FinishReason, UpstreamFailure, Usage } from '@trunkline/contracts';
import type { SseEvent } from '../framing/index.js';
import type { ChatChunkChoice, ChatDecoder } from '../types.js';
import { isRecord, recordOf, recordsOf, textOf } from '../loose-json.js';
import { pageCitation, readPageCitation, type CitedPage, type CitedPlace } from '../page-citation.js';
import { pagesBeside } from './pages-beside.js';
import type { OpenAiStreamReader } from './stream-reader.js';

type CallStart = Extract<ChatEvent, { type: 'tool_call_start' }>;

/** Turns OpenAI chunks into canonical events, for doors of another dialect. */
export class OpenAiDecoder implements ChatDecoder {
  private isStarted = false;
  private lastUsage: Usage | null = null;
  /** Named beside the choices, each time all of them: told at the end, where no citation was. */
  private pages: readonly CitedPage[] = [];
  private hasCited = false;
  private readonly startedCalls = new Set<string>();
  /** A call whose arguments have not begun, by choice: its name may still grow. */
  private readonly opening = new Map<number, CallStart>();

  constructor(private readonly reader: OpenAiStreamReader) {}

  get id(): string | null {
    return this.reader.id;
  }
  get model(): string | null {
    return this.reader.model;
  }
  get createdSeconds(): number | null {
    return this.reader.createdSeconds;
  }
  get hasContent(): boolean {
    return this.reader.hasContent;
  }
  get finished(): boolean {
    return this.reader.finished;
  }
  get terminated(): boolean {
    return this.reader.terminated;
  }
  get finishReason(): FinishReason | null {
    return this.reader.finishReason;
  }
  get nativeFinishReason(): string | null {
    return this.reader.nativeFinishReason;
  }
  get usage(): Usage | null {
    return this.reader.usage;
  }
  get outputText(): string {
    return this.reader.outputText;
  }
  get reasoningText(): string {
    return this.reader.reasoningText;
  }
  get failure(): UpstreamFailure | null {
    return this.reader.failure;
  }

  end(): UpstreamFailure | null {
    return this.reader.end();
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.reader.failure) return [];
    const read = this.reader.read(frame);
    if (read.kind === 'failed') return [{ type: 'error', failure: read.failure }];
    const events: ChatEvent[] = [];
    const { chunk, usage } = this.reader;
    const isNewUsage = usage !== null && usage !== this.lastUsage;
    if (!this.isStarted && (chunk || isNewUsage)) events.push(this.start());
    if (chunk) {
      const pages = pagesBeside(chunk);
      if (pages.length > 0) this.pages = pages;
      for (const choice of chunk.choices) this.choiceEvents(choice, events);
    }
    if (read.kind === 'done') for (const choice of this.opening.keys()) this.open(choice, events);
    if (isNewUsage) {
      this.lastUsage = usage;
      events.push({ type: 'usage', usage });
    }
    return events;
  }

  private start(): ChatEvent {
    this.isStarted = true;
    const { id, model, createdSeconds } = this.reader;
    return { type: 'start', id: id ?? '', model: model ?? '', createdSeconds };
  }

  private get textEnd(): CitedPlace {
    const { length } = this.reader.sent.text;
    return { start: length, end: length };
  }

  private choiceEvents(
    { index: choice, delta, finish_reason: finish, logprobs }: ChatChunkChoice,
    events: ChatEvent[],
  ): void {
    const { content, refusal, tool_calls: toolCalls, audio, annotations } = delta;
    const older = delta['function_call'];
    if (!Array.isArray(toolCalls) && !isRecord(older)) this.open(choice, events);
    reasoningEvents(delta, choice, events);
    if (typeof content === 'string' && content !== '') events.push({ type: 'text', choice, text: content });
    if (typeof refusal === 'string' && refusal !== '')
      events.push({ type: 'refusal', choice, text: refusal });
    if (isRecord(audio)) events.push({ type: 'audio', choice, audio });
    for (const url of imageUrls(delta['images'])) events.push({ type: 'image', choice, url });
    if (Array.isArray(annotations)) {
      for (const annotation of annotations as unknown[]) {
        if (!isRecord(annotation) || typeof annotation['type'] !== 'string') continue;
        this.hasCited = true;
        const page = readPageCitation(annotation, this.textEnd.end);
        // What a server says of files that it read, say, is for those alone who know that server.
        events.push(
          page
            ? { type: 'annotation', choice, annotation: page }
            : { type: 'left_out', choice, what: 'citations' },
        );
      }
    }
    // The older form of a call, of which there is one: other dialects know the newer alone.
    if (isRecord(older)) {
      const id = `call_${this.reader.id ?? 'unnamed'}_${choice}`;
      this.callEvents({ index: 0, id, function: older }, choice, events);
    }
    if (Array.isArray(toolCalls))
      for (const call of toolCalls as unknown[]) this.callEvents(call, choice, events);
    if (isRecord(logprobs)) events.push({ type: 'logprobs', choice, logprobs });
    for (const tool of recordsOf(delta['executed_tools']))
      events.push({ type: 'server_tool', choice, name: textOf(tool['type']) });
    if (typeof finish === 'string' && finish !== '') {
      if (choice === 0 && !this.hasCited)
        for (const page of this.pages)
          events.push({ type: 'annotation', choice, annotation: pageCitation(page, this.textEnd) });
      this.open(choice, events);
      const native = this.reader.nativeFinishReason ?? finish;
      events.push({ type: 'finish', choice, reason: asFinishReason(finish), native });
    }
  }

  private callEvents(call: unknown, choice: number, events: ChatEvent[]): void {
    if (!isRecord(call)) return;
    const index = Number(call['index']);
    const isCustom = isRecord(call['custom']);
    const body = isCustom ? call['custom'] : call['function'];
    if (!isRecord(body)) return;
    const key = `${choice}:${index}`;
    const name = textOf(body['name']);
    const opening = this.opening.get(choice);
    if (!this.startedCalls.has(key)) {
      this.open(choice, events);
      this.startedCalls.add(key);
      const kind = isCustom ? 'custom' : 'function';
      this.opening.set(choice, {
        type: 'tool_call_start',
        choice,
        index,
        id: textOf(call['id']),
        name,
        kind,
      });
    } else if (opening?.index === index) {
      opening.name += name;
    }
    const text = textOf(isCustom ? body['input'] : body['arguments']);
    if (text === '') return;
    this.open(choice, events);
    events.push({ type: 'tool_call_arguments', choice, index, text });
  }

  private open(choice: number, events: ChatEvent[]): void {
    const opening = this.opening.get(choice);
    if (!opening) return;
    this.opening.delete(choice);
    events.push(opening);
  }
}

/** Pictures that a model drew. https://openrouter.ai/docs/features/multimodal/image-generation */
function imageUrls(images: unknown): string[] {
  if (!Array.isArray(images)) return [];
  return (images as unknown[])
    .map((image) => textOf(recordOf(recordOf(image)['image_url'])['url']))
    .filter((url) => url !== '');
}

/** Details carry signatures; plain text stands in one of two fields. */
function reasoningEvents(delta: Record<string, unknown>, choice: number, events: ChatEvent[]): void {
  const { reasoning_content: content, reasoning, reasoning_details: details } = delta;
  const plain = typeof content === 'string' && content !== '' ? content : reasoning;
  let hasText = false;
  if (Array.isArray(details)) {
    for (const detail of details as unknown[]) {
      if (!isRecord(detail)) continue;
      const index = typeof detail['index'] === 'number' ? detail['index'] : 0;
      const format = typeof detail['format'] === 'string' ? detail['format'] : 'unknown';
      const text = detail['text'] ?? detail['summary'];
      if (typeof text === 'string' && text !== '') {
        hasText = true;
        events.push({ type: 'reasoning', choice, index, text, format });
      }
      if (typeof detail['signature'] === 'string' && detail['signature'] !== '') {
        events.push({ type: 'reasoning_signature', choice, index, signature: detail['signature'], format });
      }
      if (detail['type'] === 'reasoning.encrypted' && typeof detail['data'] === 'string') {
        const id = typeof detail['id'] === 'string' ? detail['id'] : null;
        events.push({ type: 'reasoning_encrypted', choice, index, data: detail['data'], format, id });
      }
    }
  }
  if (!hasText && typeof plain === 'string' && plain !== '') {
    events.push({ type: 'reasoning', choice, index: 0, text: plain, format: null });
  }
}

/** Guarantee: the choice reader has mapped it. */
function asFinishReason(finish: string): FinishReason {
  return finish as FinishReason;
}
