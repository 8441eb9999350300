import type { ChatEvent, ReasoningDetail } from '@trunkline/contracts';
import type { ChatChunk, ChatChunkChoice } from '../types.js';

export interface ChatChunkPrinterOptions {
  /** The field for plain reasoning text: most clients of OpenAI's format read the first, OpenRouter's the second. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning';
  /** For providers that name no time of creation. Unix seconds. */
  readonly createdSeconds?: number;
}

/**
 * Tells a canonical stream as OpenAI chat chunks. Usage and errors are the gateway's to print.
 * https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatChunkPrinter {
  private identity = { id: '', model: '', created: 0 };
  private readonly roleSent = new Set<number>();
  private readonly customCalls = new Set<string>();

  constructor(private readonly options: ChatChunkPrinterOptions = {}) {}

  /** @returns null where the event is not told in a chunk of its own */
  print(event: ChatEvent): ChatChunk | null {
    switch (event.type) {
      case 'start':
        this.identity = {
          id: event.id,
          model: event.model,
          created: event.createdSeconds ?? this.options.createdSeconds ?? 0,
        };
        return this.delta(0, { content: '' });
      case 'text':
        return this.delta(event.choice, { content: event.text });
      case 'reasoning': {
        const { index, text, format } = event;
        const detail = { type: 'reasoning.text', text, format: format ?? 'unknown', index } as const;
        return this.reasoning(event.choice, text, detail);
      }
      case 'reasoning_signature': {
        const { index, signature, format } = event;
        return this.reasoning(event.choice, null, { type: 'reasoning.text', signature, format, index });
      }
      case 'reasoning_encrypted': {
        const { index, data, format, id } = event;
        const detail = { type: 'reasoning.encrypted', data, format, index, ...(id === null ? {} : { id }) } as const;
        return this.reasoning(event.choice, null, detail);
      }
      case 'refusal':
        return this.delta(event.choice, { refusal: event.text });
      case 'tool_call_start':
        return this.callStart(event);
      case 'tool_call_arguments': {
        const { choice, index, text } = event;
        const isCustom = this.customCalls.has(`${choice}:${index}`);
        const body = isCustom ? { custom: { input: text } } : { function: { arguments: text } };
        return this.delta(choice, { tool_calls: [{ index, ...body }] });
      }
      case 'annotation':
        return this.delta(event.choice, { annotations: [event.annotation] });
      case 'audio':
        return this.delta(event.choice, { audio: event.audio });
      case 'logprobs':
        return this.chunk({ index: event.choice, delta: {}, finish_reason: null, logprobs: event.logprobs });
      case 'finish': {
        const { choice, reason, native } = event;
        const choiceOfEnd = { index: choice, delta: {}, finish_reason: reason };
        return this.chunk(native === null ? choiceOfEnd : { ...choiceOfEnd, native_finish_reason: native });
      }
      case 'usage':
      case 'error':
        return null;
    }
  }

  private reasoning(choice: number, text: string | null, detail: ReasoningDetail): ChatChunk {
    const field = this.options.reasoningField ?? 'reasoning_content';
    return this.delta(choice, { ...(text === null ? {} : { [field]: text }), reasoning_details: [detail] });
  }

  private callStart(event: Extract<ChatEvent, { type: 'tool_call_start' }>): ChatChunk {
    const { choice, index, id, name, kind } = event;
    if (kind === 'custom') this.customCalls.add(`${choice}:${index}`);
    const body = kind === 'custom' ? { custom: { name, input: '' } } : { function: { name, arguments: '' } };
    return this.delta(choice, { tool_calls: [{ index, id, type: kind, ...body }] });
  }

  /** The first delta of a choice says who speaks. */
  private delta(choice: number, delta: Record<string, unknown>): ChatChunk {
    const isFirst = !this.roleSent.has(choice);
    if (isFirst) this.roleSent.add(choice);
    return this.chunk({
      index: choice,
      delta: isFirst ? { role: 'assistant', ...delta } : delta,
      finish_reason: null,
    });
  }

  private chunk(choice: ChatChunkChoice): ChatChunk {
    const { id, model, created } = this.identity;
    return { id, object: 'chat.completion.chunk', created, model, choices: [choice] };
  }
}
