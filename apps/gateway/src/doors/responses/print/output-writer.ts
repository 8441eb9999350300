import type { ChatEvent } from '@trunkline/contracts';
import type { ToolNames } from '../tool-names.js';
import { CallsWriter } from './calls-writer.js';
import { ImagesWriter } from './images-writer.js';
import { MessageWriter } from './message-writer.js';
import type { ItemStatus, Output } from './output-items.js';
import { ReasoningWriter } from './reasoning-writer.js';

/**
 * Makes items of canonical events. Items are numbered here and not by the events' indexes, which begin anew when
 * another target goes on with the answer. Beside a message or reasoning nothing else is open.
 */
export class OutputWriter {
  readonly message: MessageWriter;
  readonly reasoning: ReasoningWriter;
  readonly calls: CallsWriter;
  readonly images: ImagesWriter;

  /** @param toolNames of the request */
  constructor(output: Output, toolNames: ToolNames) {
    this.message = new MessageWriter(output, () => this.reasoning.end('completed'));
    this.reasoning = new ReasoningWriter(output, () => this.message.end('completed'));
    const endTexts = (): void => {
      this.reasoning.end('completed');
      this.message.end('completed');
    };
    this.calls = new CallsWriter(output, toolNames, endTexts);
    this.images = new ImagesWriter(output, endTexts);
  }

  take(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        if (event.text !== '') this.message.text(event.text);
        break;
      case 'refusal':
        if (event.text !== '') this.message.refusal(event.text);
        break;
      case 'annotation':
        this.message.annotate(event.annotation);
        break;
      case 'citation':
        this.message.cite(event.citation);
        break;
      case 'image':
        this.images.draw(event.url);
        break;
      case 'logprobs':
        this.message.logprobs(event.logprobs);
        break;
      case 'reasoning':
        if (event.text !== '') this.reasoning.text(event.index, event.text);
        break;
      case 'reasoning_signature': {
        const { format, signature: data, index } = event;
        this.reasoning.sign({ kind: 'signature', format, data, id: null, index });
        break;
      }
      case 'reasoning_encrypted': {
        const { format, data, id, index } = event;
        this.reasoning.sign({ kind: 'encrypted', format, data, id, index });
        break;
      }
      case 'tool_call_start':
        this.calls.begin(event);
        break;
      case 'tool_call_arguments':
        this.calls.add(event.index, event.text);
        break;
      // The response itself says these, or nothing can.
      case 'start':
      case 'finish':
      case 'usage':
      case 'error':
      case 'audio':
      case 'server_tool':
      case 'left_out':
        break;
    }
  }

  /** Another target goes on: thoughts and calls that broke off are over, a text goes on, indexes count anew. */
  resume(): void {
    this.reasoning.end('incomplete');
    this.calls.end('incomplete');
  }

  /** Nothing more comes. @param status of what is still open */
  end(status: ItemStatus): void {
    this.reasoning.end(status);
    this.message.end(status);
    this.calls.end(status);
  }
}
