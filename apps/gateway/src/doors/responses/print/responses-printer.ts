import type { ChatEvent } from '@trunkline/contracts';
import { openAiErrorBody, type AppError } from '@trunkline/errors';
import type { AnswerProgress, SseEvent } from '@trunkline/providers';
import type { AnswerFacts, AnswerNames, StreamPrinter } from '../../chat-door.js';
import { AnswerLosses, type Uncarried } from '../../answer-losses.js';
import type { ToolNames } from '../tool-names.js';
import { isInItem } from './images-writer.js';
import { NativeOutput, objectOf } from './native-output.js';
import type { Frame, OutputItem } from './output-items.js';
import { OutputWriter } from './output-writer.js';
import {
  cleanResponse,
  endingFields,
  responseUsage,
  shellOf,
  type JsonObject,
  type OwnFields,
  type ResponseNames,
} from './response-object.js';
import { sequenceNumberOf, typeOf } from './read-frame.js';

/** Items of tools that others run would name tools that OpenAI has not. */
export const UNCARRIED_BY_RESPONSES: Uncarried = {
  audio: 'answer.audio',
  server_tool: 'answer.server_tools',
};

export interface ResponsesPrinterInput {
  /** The fields of the request that a response tells again. */
  readonly echo: JsonObject;
  readonly own: OwnFields;
  /** For upstreams that say none. */
  readonly names: ResponseNames;
  readonly toolNames: ToolNames;
  /** An id that no other item of this answer has. */
  readonly newId: (prefix: string) => string;
  /** Told the whole response once it has ended well. */
  readonly onAnswer: (response: JsonObject) => void;
}

/**
 * Prints a stream of Responses: events in OpenAI's order with running numbers, and at the end the whole response.
 * https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesPrinter implements StreamPrinter {
  private readonly items: OutputItem[] = [];
  private readonly losses = new AnswerLosses(UNCARRIED_BY_RESPONSES);
  private readonly writer: OutputWriter;
  private readonly native: NativeOutput;
  private names: ResponseNames;
  private hasStarted = false;
  private nextNumber = 0;
  private text = '';
  /** Frames of the upstream are forwarded: what the writer says of them is said already. */
  private lastFrame = '';
  private isFollowing = false;
  /** The response of an upstream of this dialect, as long as nobody else has gone on with it. */
  private response: JsonObject | null = null;

  constructor(private readonly input: ResponsesPrinterInput) {
    this.names = input.names;
    const { items } = this;
    const output = { items, newId: input.newId, say: (frame: Frame) => this.say(frame) };
    this.writer = new OutputWriter(output, input.toolNames);
    this.native = new NativeOutput(output, this.writer);
  }

  get lost(): readonly string[] {
    return this.losses.list;
  }

  print(event: ChatEvent): string {
    this.losses.note(event);
    if (event.type === 'image' && !isInItem(event.url)) this.losses.add('answer.images');
    if (event.type === 'start') this.start(event);
    // Items end with what they say; the response waits for its cost.
    else if (event.type === 'finish' && event.choice === 0)
      this.writer.end(endingFields(event.reason).status);
    // There is one answer here, though some servers give several unasked.
    else if (!('choice' in event) || event.choice === 0) this.writer.take(event);
    return this.taken();
  }

  follow(frame: SseEvent, events: readonly ChatEvent[]): string | null {
    // Comments and pings are between the provider and us.
    if (frame.data === '') return '';
    // One that came twice, of which the decoder takes no notice.
    if (events.length === 0 && frame.data === this.lastFrame) return '';
    this.lastFrame = frame.data;
    this.nextNumber = sequenceNumberOf(frame.data, this.nextNumber) + 1;
    const type = frame.event ?? typeOf(frame.data);
    if (!type.endsWith('.delta')) return this.followWhole(type, frame, events);
    this.isFollowing = true;
    for (const event of events) this.writer.take(event);
    this.isFollowing = false;
    return null;
  }

  resume(broken: AnswerProgress): string {
    this.response = null;
    if (!this.hasStarted)
      this.start({ id: broken.id ?? '', model: broken.model ?? '', createdSeconds: null });
    this.writer.resume();
    return this.taken();
  }

  keepAlive(): string {
    return ': keep-alive\n\n';
  }

  close(facts: AnswerFacts): string {
    if (!this.hasStarted) this.start(facts);
    const ending = endingFields(facts.finishReason);
    this.writer.end(ending.status);
    const response: JsonObject = {
      ...(this.response ?? { ...this.shell(ending.status), ...ending }),
      status: ending.status,
      output: this.output(),
      usage: responseUsage(facts.usageObject),
      ...facts.additions,
    };
    this.input.onAnswer(response);
    this.say({ type: `response.${ending.status}`, response });
    return this.taken();
  }

  fail(error: AppError, names: AnswerNames): string {
    if (!this.hasStarted) this.start(names);
    const { code, publicMessage: message, param } = error;
    // SDKs throw what stands in `error`; the fields beside it are those of the documentation.
    this.say({ type: 'error', code, message, param, ...openAiErrorBody(error) });
    const response = {
      ...this.shell('failed'),
      error: { code, message },
      output: this.output(),
    };
    this.say({ type: 'response.failed', response });
    return this.taken();
  }

  private start(said: { id: string; model: string; createdSeconds: number | null }): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    const { names } = this.input;
    this.names = {
      id: said.id || names.id,
      model: said.model || names.model,
      createdSeconds: said.createdSeconds || names.createdSeconds,
    };
    const response = this.shell('in_progress');
    this.say({ type: 'response.created', response });
    this.say({ type: 'response.in_progress', response });
  }

  /** Frames that are no pieces: they are few, and read whole. */
  private followWhole(type: string, frame: SseEvent, events: readonly ChatEvent[]): string | null {
    const value = objectOf(JSON.parse(frame.data));
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress': {
        const response = cleanResponse(objectOf(value['response']), this.input.own);
        this.followStart(response);
        return printed(type, { ...value, response });
      }
      case 'response.output_item.added':
        this.native.added(value, events);
        return null;
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added':
        this.native.partAdded(value);
        return null;
      case 'response.content_part.done':
      case 'response.reasoning_summary_part.done':
        this.native.partDone(value);
        return null;
      case 'response.output_text.annotation.added':
        this.native.annotated(value);
        return null;
      case 'response.output_item.done': {
        const item = this.native.done(value, events);
        return item === null ? null : printed(type, { ...value, item });
      }
      case 'response.completed':
      case 'response.incomplete':
        // Printed again at the end, with usage and cost, under the number that it had.
        this.nextNumber -= 1;
        this.response = cleanResponse(objectOf(value['response']), this.input.own);
        this.followStart(this.response);
        // What its pieces left out, servers that send none included.
        for (const event of events) this.writer.take(event);
        return this.taken();
      default:
        return null;
    }
  }

  private followStart({ id, model, created_at: created }: JsonObject): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    const { names } = this.input;
    this.names = {
      id: typeof id === 'string' && id !== '' ? id : names.id,
      model: typeof model === 'string' && model !== '' ? model : names.model,
      createdSeconds: typeof created === 'number' ? created : names.createdSeconds,
    };
  }

  private shell(status: string): JsonObject {
    return shellOf(status, this.names, this.input.echo, this.input.own);
  }

  /** What did not end has broken off. */
  private output(): JsonObject[] {
    const inOrder = this.items.toSorted((left, right) => left.outputIndex - right.outputIndex);
    for (const item of inOrder) if (item.status === 'in_progress') item.status = 'incomplete';
    return inOrder.map((item) => item.json());
  }

  private say(frame: Frame): void {
    if (this.isFollowing) return;
    const { type, ...rest } = frame;
    this.text += printed(type, { type, sequence_number: this.nextNumber, ...rest });
    this.nextNumber += 1;
  }

  private taken(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

function printed(event: string, data: JsonObject): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
