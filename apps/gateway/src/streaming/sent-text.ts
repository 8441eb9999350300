import type { ChatEvent } from '@trunkline/contracts';
import type { SentAnswer } from '@trunkline/providers';

/** Keeps what a stream of canonical events sends, as far as another model could go on from it. */
export class SentText implements SentAnswer {
  text = '';
  isBeyondText = false;
  reasoningBlocks = 0;

  note(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        if (event.choice === 0) this.text += event.text;
        else this.isBeyondText = true;
        break;
      case 'reasoning':
      case 'reasoning_signature':
      case 'reasoning_encrypted':
        this.reasoningBlocks = Math.max(this.reasoningBlocks, event.index + 1);
        break;
      case 'start':
      case 'annotation':
      case 'citation':
      case 'left_out':
      case 'finish':
      case 'usage':
      case 'error':
        break;
      default:
        this.isBeyondText = true;
    }
  }
}
