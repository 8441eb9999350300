import type { ChatEvent } from '@trunkline/contracts';
import { errorFrame, type AppError, type ErrorDialect } from '@trunkline/errors';
import type { AnswerProgress } from '@trunkline/providers';
import type { AnswerFacts, AnswerNames, StreamPrinter } from '../chat-door.js';
import { AnswerLosses, type Uncarried } from '../answer-losses.js';
import { completionLogprobs, type CompletionLogprobs } from './completion-logprobs.js';

/** There is text and nothing else. */
export const UNCARRIED_BY_COMPLETIONS: Uncarried = {
  annotation: 'answer.citations',
  audio: 'answer.audio',
  citation: 'answer.citations',
  image: 'answer.images',
  server_tool: 'answer.server_tools',
  tool_call_start: 'answer.tool_calls',
};

export interface CompletionsPrinterInput {
  readonly dialect: ErrorDialect;
  /** The client asked for a last chunk with usage alone. */
  readonly usageChunk: boolean;
  readonly choices: number;
  /** Said before the answer of each choice; '' without. */
  readonly echo: string;
  /** Unix seconds, for upstreams that tell no time. */
  readonly createdSeconds: number;
}

interface Choice {
  index: number;
  text: string;
  logprobs: CompletionLogprobs | null;
  finish_reason: string | null;
  reasoning?: string;
}

type Names = Pick<AnswerNames, 'id' | 'createdSeconds' | 'model'>;

/** Prints a stream of OpenAI's older completions. Usage and cost stand in the chunk that finishes the last choice. */
export class CompletionsPrinter implements StreamPrinter {
  private readonly losses = new AnswerLosses(UNCARRIED_BY_COMPLETIONS);
  private names: Names;
  private held: Choice | null = null;
  private readonly written = new Map<number, number>();

  constructor(private readonly input: CompletionsPrinterInput) {
    this.names = { id: '', createdSeconds: input.createdSeconds, model: '' };
  }

  get lost(): readonly string[] {
    return this.losses.list;
  }

  print(event: ChatEvent): string {
    this.losses.note(event);
    switch (event.type) {
      case 'start':
        this.identify(event);
        return '';
      case 'text':
        return this.text(event.choice, event.text);
      case 'refusal':
        return event.isExplanation ? '' : this.text(event.choice, event.text);
      case 'reasoning':
        return this.printChoice({ ...empty(event.choice), reasoning: event.text });
      case 'logprobs':
        return this.printChoice({
          ...empty(event.choice),
          logprobs: completionLogprobs(event.logprobs, this.written.get(event.choice) ?? 0),
        });
      case 'finish':
        return this.finish({ ...empty(event.choice), finish_reason: event.reason });
      case 'reasoning_signature':
      case 'reasoning_encrypted':
      case 'tool_call_start':
      case 'tool_call_arguments':
      case 'annotation':
      case 'citation':
      case 'audio':
      case 'image':
      case 'server_tool':
      case 'left_out':
      case 'usage':
      case 'error':
        return '';
    }
  }

  /** No upstream is spoken to in this dialect. */
  follow(): null {
    return null;
  }

  resume({ id, model, createdSeconds }: AnswerProgress): string {
    this.identify({ id: id ?? '', model: model ?? '', createdSeconds });
    return '';
  }

  keepAlive(): string {
    return ': keep-alive\n\n';
  }

  close(facts: AnswerFacts): string {
    const last = this.held ?? { ...empty(0), finish_reason: facts.finishReason ?? 'stop' };
    const chunk = this.chunkOf(this.input.usageChunk ? [] : [last], facts);
    return `${printed({ ...chunk, usage: facts.usageObject, ...facts.additions })}data: [DONE]\n\n`;
  }

  fail(error: AppError, names: AnswerNames): string {
    return errorFrame(error, this.input.dialect, names);
  }

  private identify({
    id,
    model,
    createdSeconds,
  }: {
    id: string;
    model: string;
    createdSeconds: number | null;
  }): void {
    if (this.names.id !== '') return;
    this.names = { id, model, createdSeconds: createdSeconds ?? this.input.createdSeconds };
  }

  private text(index: number, text: string): string {
    if (text === '') return '';
    const before = this.written.get(index);
    const said = before === undefined ? this.input.echo + text : text;
    this.written.set(index, (before ?? 0) + said.length);
    return this.printChoice({ ...empty(index), text: said });
  }

  /** Of several choices that finish, the last one waits for usage and cost. */
  private finish(choice: Choice): string {
    if (this.input.usageChunk) return this.printChoice(choice);
    const isSame = this.held?.index === choice.index;
    const released = this.held && !isSame ? this.printChoice(this.held) : '';
    this.held = choice;
    return released;
  }

  private printChoice(choice: Choice): string {
    return printed(this.chunkOf([choice], this.names));
  }

  private chunkOf(choices: readonly Choice[], { id, createdSeconds, model }: Names) {
    return { id, object: 'text_completion', created: createdSeconds, model, choices };
  }
}

function empty(index: number): Choice {
  return { index, text: '', logprobs: null, finish_reason: null };
}

function printed(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
