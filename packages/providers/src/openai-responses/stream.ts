import type { ChatEvent } from '@trunkline/contracts';
import { AnswerState } from '../answer-state.js';
import { classifyInBand, malformed, readError, type CodeTable } from '../failure/index.js';
import type { SseEvent } from '../framing/index.js';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import { ownValue } from '../own-value.js';
import type { ChatDecoder } from '../types.js';
import { readAnnotation } from './annotations.js';
import { drawnImage } from './drawn-image.js';
import { endingOf } from './ending.js';
import { hasChannel, newItem, textsOf, type Channel, type OpenItem } from './open-item.js';
import { ToolUsage } from './tool-usage.js';
import { usageFromResponses } from './usage.js';

const DELTAS: Readonly<Record<string, Channel>> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_summary_text.delta': 'summary',
  'response.reasoning_text.delta': 'reasoning',
  'response.function_call_arguments.delta': 'arguments',
  'response.custom_tool_call_input.delta': 'arguments',
};

/** Which tools there are: nothing of the answer is lost without them. */
const LISTS_OF_TOOLS: ReadonlySet<string> = new Set([
  ...['tool_search_call', 'tool_search_output', 'additional_tools', 'mcp_list_tools'],
]);

/**
 * Decodes one stream of Responses. What an item says in pieces counts; what of the whole item the pieces did not say is
 * added when it is done, as some servers send no pieces.
 * https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesDecoder extends AnswerState implements ChatDecoder {
  private readonly items = new Map<number, OpenItem>();
  private readonly indexOfId = new Map<string, number>();
  private callCount = 0;
  private reasoningCount = 0;
  private readonly tools = new ToolUsage();
  private textLength = 0;
  private lastFrame = '';
  private hasStarted = false;

  constructor(
    private readonly reasoningFormat: string,
    private readonly codes: CodeTable,
  ) {
    super(1);
  }

  /** Only the terminal event ends a response. */
  override get finished(): boolean {
    return this.failure === null && this.terminated;
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.failure || this.terminated || frame.data === '' || frame.data.startsWith('[DONE]')) return [];
    let value: unknown;
    try {
      value = JSON.parse(frame.data);
    } catch {
      return this.broken('A frame of the stream is not JSON.');
    }
    if (!isRecord(value)) return this.broken('A frame of the stream is not an object.');
    if (frame.data === this.lastFrame && countOf(value['sequence_number'])) return [];
    this.lastFrame = frame.data;
    return this.read(value);
  }

  /** Reads a whole response as if it had come in its last event. */
  takeWhole(response: JsonRecord): readonly ChatEvent[] {
    const { output } = response;
    // Some servers have other words for an answer that is there, or none.
    return this.close(response, Array.isArray(output) && output.length > 0 ? 'completed' : '');
  }

  private read(event: JsonRecord): ChatEvent[] {
    const type = textOf(event['type']);
    const channel = ownValue(DELTAS, type);
    if (channel) return this.delta(event, channel);
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        return this.start(recordOf(event['response']));
      case 'response.output_item.added':
        return this.added(event);
      case 'response.output_text.annotation.added':
        return this.annotated(event);
      case 'response.output_item.done':
        return isRecord(event['item'])
          ? this.done(this.placeOf(event), event['item'])
          : this.broken('An item of the stream has a wrong shape.');
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return isRecord(event['response'])
          ? this.close(event['response'], type.slice('response.'.length))
          : this.broken('The stream ends without its response.');
      case 'error': {
        const unsaid = { message: '', type: null, code: null, param: null, status: null };
        const failure = classifyInBand(readError(event) ?? unsaid, this.codes);
        return [{ type: 'error', failure: this.fail(failure) }];
      }
      // Beginnings and ends of parts, steps of built-in tools, and whatever else may be added.
      default:
        return [];
    }
  }

  private start(response: JsonRecord): ChatEvent[] {
    if (this.hasStarted) return [];
    this.hasStarted = true;
    this.id = textOf(response['id']);
    this.model = textOf(response['model']);
    this.createdSeconds = countOf(response['created_at']);
    return [{ type: 'start', id: this.id, model: this.model, createdSeconds: this.createdSeconds }];
  }

  private added(event: JsonRecord): ChatEvent[] {
    const { item } = event;
    if (!isRecord(item)) return this.broken('An item of the stream has a wrong shape.');
    return this.openItem(countOf(event['output_index']) ?? this.items.size, item);
  }

  private openItem(place: number, item: JsonRecord): ChatEvent[] {
    if (this.items.has(place)) return this.broken('Two items of the stream have one place.');
    const id = textOf(item['id']);
    if (id !== '') this.indexOfId.set(id, place);
    const type = item['type'];
    switch (type) {
      case 'message':
        this.items.set(place, newItem('message', 0));
        return this.start({});
      case 'reasoning':
        this.items.set(place, newItem('reasoning', this.reasoningCount));
        this.reasoningCount += 1;
        return this.start({});
      case 'function_call':
      case 'custom_tool_call': {
        const index = this.callCount;
        this.callCount += 1;
        this.items.set(place, newItem('call', index));
        this.hasContent = true;
        const name = textOf(item['name']);
        this.outputText += name;
        const callId = textOf(item['call_id']) || id || `call_${this.id ?? 'unnamed'}_${index}`;
        const kind = type === 'function_call' ? 'function' : 'custom';
        return [...this.start({}), { type: 'tool_call_start', choice: 0, index, id: callId, name, kind }];
      }
      case 'compaction':
        this.items.set(place, newItem('ignored', 0));
        this.hasContent = true;
        return [...this.start({}), { type: 'left_out', choice: 0, what: 'compaction' }];
      case 'image_generation_call':
        this.items.set(place, newItem('ignored', 0));
        this.hasContent = true;
        return [...this.start({}), { type: 'server_tool', choice: 0, name: type, isTold: true }];
      default: {
        this.items.set(place, newItem('ignored', 0));
        this.hasContent = true;
        const name = textOf(type);
        const isTold = LISTS_OF_TOOLS.has(name) ? { isTold: true as const } : {};
        return [...this.start({}), { type: 'server_tool', choice: 0, name, ...isTold }];
      }
    }
  }

  private delta(event: JsonRecord, channel: Channel): ChatEvent[] {
    const item = this.items.get(this.placeOf(event));
    if (!item || !hasChannel(item, channel))
      return this.broken('The stream goes on with an item that has not begun.');
    const { delta } = event;
    if (typeof delta !== 'string') return this.broken('A piece of the stream is not text.');
    const events = this.tell(item, channel, partOf(event), delta);
    return channel === 'text' ? [...events, ...logprobsEvents(event['logprobs'])] : events;
  }

  private annotated(event: JsonRecord): ChatEvent[] {
    const item = this.items.get(this.placeOf(event));
    return item ? this.cite(item, partOf(event), event['annotation']) : [];
  }

  private done(place: number, item: JsonRecord): ChatEvent[] {
    const events = this.items.has(place) ? [] : this.openItem(place, item);
    const open = this.items.get(place);
    if (!open || open.isDone) return events;
    open.isDone = true;
    this.tools.add(item);
    const url = drawnImage(item);
    if (url !== null) events.push({ type: 'image', choice: 0, url });
    const told = new Map(open.told);
    let { cited } = open;
    for (const { channel, part, text, annotations, logprobs } of textsOf(item)) {
      if (!hasChannel(open, channel)) return this.broken('An item of the stream changes what it is.');
      const toldOfIt = told.get(channel) ?? 0;
      told.set(channel, Math.max(0, toldOfIt - text.length));
      events.push(...this.tell(open, channel, part, text.slice(toldOfIt)));
      if (toldOfIt === 0) events.push(...logprobsEvents(logprobs));
      for (const annotation of annotations.slice(cited)) events.push(...this.cite(open, part, annotation));
      cited = Math.max(0, cited - annotations.length);
    }
    const sealed = item['encrypted_content'];
    if (open.kind === 'reasoning' && typeof sealed === 'string' && sealed !== '') {
      this.hasContent = true;
      const id = textOf(item['id']) || null;
      const format = this.reasoningFormat;
      events.push({ type: 'reasoning_encrypted', choice: 0, index: open.index, data: sealed, format, id });
    }
    return events;
  }

  /** @param otherwise what its status means where it is none of the documented words */
  private close(response: JsonRecord, otherwise: string): ChatEvent[] {
    const events = this.start(response);
    const output: unknown = response['output'];
    for (const [place, item] of Array.isArray(output) ? (output as unknown[]).entries() : []) {
      if (isRecord(item)) events.push(...this.done(place, item));
      if (this.failure) return events;
    }
    this.usage = usageFromResponses(response['usage'], this.tools.usage(response)) ?? this.usage;
    if (this.usage) events.push({ type: 'usage', usage: this.usage });
    const ending = endingOf(response, { hasCalls: this.callCount > 0, otherwise }, this.codes);
    if (ending.kind === 'failed') return [...events, { type: 'error', failure: this.fail(ending.failure) }];
    const { reason, native } = ending;
    const isCallCut = [...this.items.values()].some(({ kind, isDone }) => kind === 'call' && !isDone);
    if (isCallCut && reason === 'tool_calls') return this.broken('The stream ends within a call.');
    this.finish(0, reason, native);
    this.terminated = true;
    return [...events, { type: 'finish', choice: 0, reason, native }];
  }

  private tell(item: OpenItem, channel: Channel, part: number, text: string): ChatEvent[] {
    if (text === '') return [];
    item.told.set(channel, (item.told.get(channel) ?? 0) + text.length);
    this.hasContent = true;
    switch (channel) {
      case 'text':
        if (!item.begins.has(part)) item.begins.set(part, this.textLength);
        this.textLength += text.length;
        this.outputText += text;
        return [{ type: 'text', choice: 0, text }];
      case 'refusal':
        this.outputText += text;
        return [{ type: 'refusal', choice: 0, text }];
      case 'summary':
      case 'reasoning':
        this.reasoningText += text;
        return [{ type: 'reasoning', choice: 0, index: item.index, text, format: this.reasoningFormat }];
      case 'arguments':
        this.outputText += text;
        return [{ type: 'tool_call_arguments', choice: 0, index: item.index, text }];
    }
  }

  private cite(item: OpenItem, part: number, value: unknown): ChatEvent[] {
    item.cited += 1;
    const [firstBegin = this.textLength] = item.begins.values();
    const read = readAnnotation(value, item.begins.get(part) ?? firstBegin);
    switch (read.kind) {
      case 'page':
        return [{ type: 'annotation', choice: 0, annotation: read.annotation }];
      case 'source':
        return [{ type: 'citation', choice: 0, citation: read.citation }];
      case 'unknown':
        return [{ type: 'left_out', choice: 0, what: 'citations' }];
    }
  }

  /** Some servers give only one of the two. */
  private placeOf(event: JsonRecord): number {
    const id = textOf(event['item_id']) || textOf(recordOf(event['item'])['id']);
    return countOf(event['output_index']) ?? this.indexOfId.get(id) ?? this.items.size;
  }

  private broken(message: string): ChatEvent[] {
    return [{ type: 'error', failure: this.fail(malformed(message)) }];
  }
}

/** Tokens with their probabilities, the same as in chat. */
function logprobsEvents(content: unknown): ChatEvent[] {
  if (!Array.isArray(content) || content.length === 0) return [];
  return [{ type: 'logprobs', choice: 0, logprobs: { content: content as unknown[], refusal: null } }];
}

function partOf(event: JsonRecord): number {
  return countOf(event['content_index']) ?? countOf(event['summary_index']) ?? 0;
}
