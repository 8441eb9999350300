import { CLAUDE_REASONING_FORMAT, printCarriedState, type ChatEvent } from '@trunkline/contracts';
import { sourceCitation, webCitation } from './citation.js';
import type { Block, BlockDelta, MessageOp } from './message-op.js';

type OpenBlock =
  | { kind: 'text' }
  /** `source` is the index that the events count by. */
  | { kind: 'thinking'; source: number; format: string | null; isSigned: boolean }
  | { kind: 'tool'; source: number; isCustom: boolean; args: string }
  /** A block of an upstream that speaks Messages, printed by itself. */
  | { kind: 'followed' };

/**
 * Tells canonical events as content blocks, one open at a time and numbered here. Other dialects may go on with several
 * calls at once: what comes while a call is not whole waits until it is.
 */
export class AnswerBlocks {
  /** What was said in words of refusal. */
  refusal = '';
  private open: OpenBlock | null = null;
  private index = -1;
  private waiting: ChatEvent[] = [];
  /** State that shows nothing: it stands before the first call, or at the end, and never before what is to be read. */
  private states: string[] = [];
  private printed = new Set<number>();

  take(event: ChatEvent): MessageOp[] {
    if ('choice' in event && event.choice !== 0) return [];
    if (this.mustWait(event)) {
      this.waiting.push(event);
      return [];
    }
    const ops = this.say(event);
    return this.waiting.length > 0 && this.isCallWhole() ? [...ops, ...this.release()] : ops;
  }

  /** Ends what is open, and says what waited. */
  end(): MessageOp[] {
    const ops: MessageOp[] = [];
    const { waiting } = this;
    this.waiting = [];
    for (const event of byCall(waiting)) ops.push(...this.say(event));
    return [...ops, ...this.close(), ...this.printStates()];
  }

  /** An upstream that speaks Messages opened or closed a block itself. */
  followed(type: 'content_block_start' | 'content_block_stop', index: number, block: unknown): void {
    this.index = Math.max(this.index, index);
    this.open = type === 'content_block_stop' ? null : followedBlock(block);
  }

  /** The upstream broke off. Open text goes on; all else is closed, thinking without a signature. */
  resume(): MessageOp[] {
    this.waiting = [];
    this.states = [];
    this.printed = new Set();
    if (this.open === null || this.open.kind === 'text') return [];
    this.open = null;
    return [{ type: 'content_block_stop', index: this.index }];
  }

  private mustWait(event: ChatEvent): boolean {
    const { open } = this;
    if (open?.kind !== 'tool' || !isVisible(event)) return false;
    if (event.type === 'tool_call_arguments' && event.index === open.source) return false;
    return this.waiting.length > 0 || !this.isCallWhole();
  }

  private isCallWhole(): boolean {
    const { open } = this;
    if (open?.kind !== 'tool') return true;
    if (open.isCustom || !open.args.trimEnd().endsWith('}')) return false;
    try {
      JSON.parse(open.args);
      return true;
    } catch {
      return false;
    }
  }

  private release(): MessageOp[] {
    const { waiting } = this;
    this.waiting = [];
    return waiting.flatMap((event) => this.take(event));
  }

  private say(event: ChatEvent): MessageOp[] {
    switch (event.type) {
      case 'text':
        return this.text(event.text);
      case 'refusal':
        this.refusal += event.text;
        return event.isExplanation ? [] : this.text(event.text);
      case 'reasoning':
        return this.reasoning(event);
      case 'reasoning_signature':
        return this.signature(event);
      case 'reasoning_encrypted':
        return this.encrypted(event);
      case 'tool_call_start':
        return this.startCall(event);
      case 'tool_call_arguments':
        return this.growCall(event);
      case 'annotation':
        return this.cite(webCitation(event.annotation));
      case 'citation':
        return this.cite(sourceCitation(event.citation));
      // What Messages has no word for.
      case 'audio':
      case 'image':
      case 'server_tool':
      case 'left_out':
      case 'logprobs':
        return [];
      case 'start':
      case 'finish':
      case 'usage':
      case 'error':
        return [];
    }
  }

  private cite(citation: Record<string, unknown> | null): MessageOp[] {
    if (citation === null) return [];
    return [...this.openText(), this.delta({ type: 'citations_delta', citation })];
  }

  private text(text: string): MessageOp[] {
    return text === '' ? [] : [...this.openText(), this.delta({ type: 'text_delta', text })];
  }

  private openText(): MessageOp[] {
    return this.open?.kind === 'text' ? [] : this.start({ kind: 'text' }, { type: 'text', text: '' });
  }

  private reasoning({ text, index, format }: Extract<ChatEvent, { type: 'reasoning' }>): MessageOp[] {
    if (text === '') return [];
    return [...this.openThinking(index, format), this.delta({ type: 'thinking_delta', thinking: text })];
  }

  private openThinking(source: number, format: string | null): MessageOp[] {
    const { open } = this;
    if (open?.kind === 'thinking' && open.source === source && !open.isSigned) return [];
    this.printed.add(source);
    return this.start(
      { kind: 'thinking', source, format, isSigned: false },
      { type: 'thinking', thinking: '', signature: '' },
    );
  }

  /** Claude's own goes out as it is. One that comes when its text is closed stands in a block of its own. */
  private signature(event: Extract<ChatEvent, { type: 'reasoning_signature' }>): MessageOp[] {
    const { index, signature: data, format } = event;
    const isLate = this.printed.has(index) && !this.isOpenThinking(index);
    const ops = this.openThinking(index, format);
    const isOwn = format === CLAUDE_REASONING_FORMAT && !isLate;
    return [
      ...ops,
      this.sign(isOwn ? data : printCarriedState({ format, kind: 'signature', data, id: null, index })),
    ];
  }

  /** Beside thinking that it belongs to it is that block's signature, else it has a block of its own. */
  private encrypted(event: Extract<ChatEvent, { type: 'reasoning_encrypted' }>): MessageOp[] {
    const { data, format, id, index } = event;
    if (format === CLAUDE_REASONING_FORMAT) return this.redacted(data);
    const state = printCarriedState({ format, kind: 'encrypted', data, id, index });
    const { open } = this;
    const belongs = open?.kind === 'thinking' && !open.isSigned && open.format === format;
    if (belongs) return [this.sign(state)];
    this.states.push(state);
    return [];
  }

  private printStates(): MessageOp[] {
    const { states } = this;
    this.states = [];
    return states.flatMap((state) => this.redacted(state));
  }

  private redacted(data: string): MessageOp[] {
    return [...this.start({ kind: 'followed' }, { type: 'redacted_thinking', data }), ...this.close()];
  }

  private sign(signature: string): MessageOp {
    if (this.open?.kind === 'thinking') this.open.isSigned = true;
    return this.delta({ type: 'signature_delta', signature });
  }

  private isOpenThinking(source: number): boolean {
    return this.open?.kind === 'thinking' && this.open.source === source && !this.open.isSigned;
  }

  private startCall(event: Extract<ChatEvent, { type: 'tool_call_start' }>): MessageOp[] {
    const { id, name, index: source, kind } = event;
    const open = { kind: 'tool', source, isCustom: kind === 'custom', args: '' } as const;
    const ops = this.printStates();
    ops.push(...this.start({ ...open }, { type: 'tool_use', id, name, input: {} }));
    // Free text becomes the one string of an object.
    if (kind === 'custom') ops.push(this.json('{"input":"'));
    return ops;
  }

  private growCall({ index, text }: Extract<ChatEvent, { type: 'tool_call_arguments' }>): MessageOp[] {
    const { open } = this;
    if (open?.kind !== 'tool' || open.source !== index || text === '') return [];
    open.args += text;
    return [this.json(open.isCustom ? JSON.stringify(text).slice(1, -1) : text)];
  }

  private json(text: string): MessageOp {
    return this.delta({ type: 'input_json_delta', partial_json: text });
  }

  private start(open: OpenBlock, block: Block): MessageOp[] {
    const ops = this.close();
    this.index += 1;
    this.open = open;
    return [...ops, { type: 'content_block_start', index: this.index, content_block: block }];
  }

  /** Thinking that its maker did not sign says who made it, so that it can go back there. */
  private close(): MessageOp[] {
    const { open, index } = this;
    if (open === null) return [];
    const ops: MessageOp[] = [];
    if (open.kind === 'tool' && open.isCustom) ops.push(this.json('"}'));
    if (open.kind === 'thinking' && !open.isSigned) {
      const { format, source } = open;
      ops.push(this.sign(printCarriedState({ format, kind: 'unsigned', data: '', id: null, index: source })));
    }
    this.open = null;
    return [...ops, { type: 'content_block_stop', index }];
  }

  private delta(delta: BlockDelta): MessageOp {
    return { type: 'content_block_delta', index: this.index, delta };
  }
}

function isVisible(event: ChatEvent): boolean {
  return event.type !== 'start' && event.type !== 'usage' && event.type !== 'finish';
}

function followedBlock(block: unknown): OpenBlock {
  const type = block !== null && typeof block === 'object' && 'type' in block ? block.type : null;
  return { kind: type === 'text' ? 'text' : 'followed' };
}

/** The end came before a call was whole: what belongs to one call is said together. */
function byCall(events: readonly ChatEvent[]): ChatEvent[] {
  const calls = new Map<number, ChatEvent[]>();
  const order: ChatEvent[][] = [];
  for (const event of events) {
    if (event.type !== 'tool_call_start' && event.type !== 'tool_call_arguments') {
      order.push([event]);
      continue;
    }
    const known = calls.get(event.index);
    if (known) known.push(event);
    else {
      const group = [event];
      calls.set(event.index, group);
      order.push(group);
    }
  }
  return order.flat();
}
