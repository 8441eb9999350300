import type { Block } from './message-op.js';

/** An event about content, ours or an upstream's. */
interface ContentEvent {
  type?: unknown;
  index?: unknown;
  content_block?: unknown;
  delta?: unknown;
}

/** Puts the content of a message together from what happened to it. */
export class BlockCollector {
  readonly blocks: Block[] = [];
  private readonly inputs = new Map<Block, string>();

  add(event: ContentEvent): void {
    const index = typeof event.index === 'number' ? event.index : -1;
    if (event.type === 'content_block_start' && isBlock(event.content_block)) {
      this.blocks[index] = { ...event.content_block };
      return;
    }
    const block = this.blocks[index];
    if (!block) return;
    if (event.type === 'content_block_delta' && isRecord(event.delta)) this.grow(block, event.delta);
    if (event.type === 'content_block_stop') this.close(block);
  }

  /** The blocks, those that were never closed included. */
  end(): Block[] {
    for (const block of this.inputs.keys()) this.close(block);
    return this.blocks.filter(Boolean);
  }

  private grow(block: Block, delta: Record<string, unknown>): void {
    switch (delta['type']) {
      case 'text_delta':
        block['text'] = textOf(block['text']) + textOf(delta['text']);
        break;
      case 'thinking_delta':
        block['thinking'] = textOf(block['thinking']) + textOf(delta['thinking']);
        break;
      case 'signature_delta':
        block['signature'] = delta['signature'];
        break;
      case 'citations_delta':
        block['citations'] = [
          ...(Array.isArray(block['citations']) ? (block['citations'] as unknown[]) : []),
          delta['citation'],
        ];
        break;
      case 'input_json_delta':
        this.inputs.set(block, (this.inputs.get(block) ?? '') + textOf(delta['partial_json']));
        break;
      default:
        break;
    }
  }

  private close(block: Block): void {
    const input = this.inputs.get(block);
    if (input === undefined) return;
    this.inputs.delete(block);
    if (input.trim() !== '') block['input'] = toInput(input);
  }
}

/** Arguments that a token limit cut are no JSON, and an input must be an object: they stay readable in one field. */
function toInput(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Falls through to the raw text.
  }
  return { raw_arguments: text };
}

function isBlock(value: unknown): value is Block {
  return isRecord(value) && typeof value['type'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
