import type { ChatEvent } from '@trunkline/contracts';
import type { ChatChunk, ChatChunkChoice } from '@trunkline/providers';

/**
 * Says canonical events as `chat.completion.chunk` objects: one chunk an event, all with the id, model and time of the
 * stream's start. https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatChunks {
  private id = '';
  private model = '';
  private createdSeconds: number;
  private readonly customTools = new Set<string>();

  constructor(nowSeconds: number) {
    this.createdSeconds = nowSeconds;
  }

  /** Every chunk from here on has this id, model and time. */
  identify({
    id,
    model,
    createdSeconds,
  }: {
    id: string | null;
    model: string | null;
    createdSeconds: number | null;
  }): void {
    this.id = id ?? this.id;
    this.model = model ?? this.model;
    this.createdSeconds = createdSeconds ?? this.createdSeconds;
  }

  /** Null for events that no chunk carries (usage is printed with the end, errors are frames of their own). */
  chunkFor(event: ChatEvent): ChatChunk | null {
    switch (event.type) {
      case 'start':
        this.identify(event);
        return this.delta(0, { role: 'assistant', content: '' });
      case 'text':
        return this.delta(event.choice, { content: event.text });
      case 'reasoning':
        return this.delta(event.choice, {
          reasoning: event.text,
          reasoning_content: event.text,
          reasoning_details: [
            { type: 'reasoning.text', text: event.text, format: event.format, index: event.index },
          ],
        });
      case 'reasoning_signature':
        return this.delta(event.choice, {
          reasoning_details: [
            { type: 'reasoning.text', signature: event.signature, format: event.format, index: event.index },
          ],
        });
      case 'reasoning_encrypted':
        return this.delta(event.choice, {
          reasoning_details: [
            {
              type: 'reasoning.encrypted',
              data: event.data,
              format: event.format,
              id: event.id,
              index: event.index,
            },
          ],
        });
      case 'refusal':
        return this.delta(event.choice, { refusal: event.text });
      case 'tool_call_start':
        return this.toolCallStart(event);
      case 'tool_call_arguments':
        return this.toolCallArguments(event);
      case 'annotation':
        return this.delta(event.choice, { annotations: [event.annotation] });
      case 'citation':
        return this.delta(event.choice, { citations: [event.citation] });
      case 'audio':
        return this.delta(event.choice, { audio: event.audio });
      case 'image':
        return this.delta(event.choice, {
          images: [{ type: 'image_url', image_url: { url: event.url } }],
        });
      case 'logprobs':
        return this.chunk({ index: event.choice, delta: {}, logprobs: event.logprobs, finish_reason: null });
      case 'finish':
        return this.chunk({
          index: event.choice,
          delta: {},
          finish_reason: event.reason,
          native_finish_reason: event.native,
        });
      case 'server_tool':
      case 'left_out':
      case 'usage':
      case 'error':
        return null;
    }
  }

  private toolCallStart(event: Extract<ChatEvent, { type: 'tool_call_start' }>): ChatChunk {
    const { choice, index, id, name, extraContent } = event;
    if (event.kind === 'custom') {
      this.customTools.add(`${choice}.${index}`);
      return this.delta(choice, { tool_calls: [{ index, id, type: 'custom', custom: { name, input: '' } }] });
    }
    return this.delta(choice, {
      tool_calls: [
        {
          index,
          id,
          type: 'function',
          function: { name, arguments: '' },
          ...(extraContent ? { extra_content: extraContent } : {}),
        },
      ],
    });
  }

  private toolCallArguments({
    choice,
    index,
    text,
  }: Extract<ChatEvent, { type: 'tool_call_arguments' }>): ChatChunk {
    const isCustom = this.customTools.has(`${choice}.${index}`);
    return this.delta(choice, {
      tool_calls: [isCustom ? { index, custom: { input: text } } : { index, function: { arguments: text } }],
    });
  }

  private delta(index: number, delta: Record<string, unknown>): ChatChunk {
    return this.chunk({ index, delta, finish_reason: null });
  }

  private chunk(choice: ChatChunkChoice): ChatChunk {
    return {
      id: this.id,
      object: 'chat.completion.chunk',
      created: this.createdSeconds,
      model: this.model,
      choices: [choice],
    };
  }
}
