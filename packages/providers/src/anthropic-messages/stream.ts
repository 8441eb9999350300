import { CLAUDE_REASONING_FORMAT, type ChatEvent } from '@trunkline/contracts';
import { AnswerState } from '../answer-state.js';
import { classifyInBand, malformed, readError } from '../failure/index.js';
import type { SseEvent } from '../framing/index.js';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import type { ChatDecoder } from '../types.js';
import { citationEvent } from './citations.js';
import { explanationOf, finishReasonOf } from './finish-reason.js';
import { leftOutOf } from './left-out.js';
import { printInput } from './response.js';
import { mergeUsage, usageFromClaude, type ClaudeUsage } from './usage.js';

/** What a block of the message becomes. */
type OpenBlock =
  /** Where it begins in the visible text, and what it cites: told when its end is known. */
  | { kind: 'text'; begins: number; citations: unknown[] }
  | { kind: 'thinking'; index: number }
  | { kind: 'tool'; index: number; hasArguments: boolean; input: unknown }
  /** Server tools and their results, compaction and the like: no text of the answer. */
  | { kind: 'ignored' };

/** Decodes one stream of Anthropic Messages. https://docs.claude.com/en/docs/build-with-claude/streaming */
export class ClaudeDecoder extends AnswerState implements ChatDecoder {
  private readonly blocks = new Map<number, OpenBlock>();
  private counts: ClaudeUsage = {};
  private toolCount = 0;
  private thinkingCount = 0;
  private textLength = 0;
  private hasStarted = false;

  constructor() {
    super(1);
  }

  /** Only the terminal event ends a message. */
  override get finished(): boolean {
    return this.failure === null && this.terminated;
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.failure || this.terminated || frame.data === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(frame.data);
    } catch {
      return this.broken('A frame of the stream is not JSON.');
    }
    if (!isRecord(value)) return this.broken('A frame of the stream is not an object.');
    switch (value['type']) {
      case 'message_start':
        return this.start(value);
      case 'content_block_start':
        return this.openBlock(value);
      case 'content_block_delta':
        return this.delta(value);
      case 'content_block_stop':
        return this.closeBlock(value);
      case 'message_delta':
        return this.messageDelta(value);
      case 'message_stop':
        return this.stop();
      case 'error': {
        const error = readError(value) ?? { message: '', type: null, code: null, param: null, status: null };
        return [{ type: 'error', failure: this.fail(classifyInBand(error)) }];
      }
      // ping, and whatever else may be added
      default:
        return [];
    }
  }

  private start({ message }: JsonRecord): ChatEvent[] {
    if (!isRecord(message)) return this.broken('The stream does not begin with one message.');
    if (this.hasStarted) return this.startAgain(message);
    this.hasStarted = true;
    this.id = textOf(message['id']);
    this.model = textOf(message['model']);
    const usage = this.takeUsage(message['usage']);
    return [{ type: 'start', id: this.id, model: this.model, createdSeconds: null }, ...usage];
  }

  /** Some proxies say the start twice. That of another message, or in the midst of one, is of an answer that was spliced. */
  private startAgain(message: JsonRecord): ChatEvent[] {
    const isSame = this.blocks.size === 0 && !this.hasFinished(0) && textOf(message['id']) === this.id;
    return isSame ? [] : this.broken('The stream has more than one message.');
  }

  private openBlock({ index, content_block: block }: JsonRecord): ChatEvent[] {
    if (!this.hasStarted || typeof index !== 'number' || !isRecord(block) || this.blocks.has(index)) {
      return this.broken('A block of the stream does not begin as it must.');
    }
    switch (block['type']) {
      case 'text':
        this.blocks.set(index, { kind: 'text', begins: this.textLength, citations: [] });
        return this.text(block['text']);
      case 'thinking': {
        const open = { kind: 'thinking', index: this.thinkingCount } as const;
        this.thinkingCount += 1;
        this.blocks.set(index, open);
        return this.thinking(open.index, block['thinking']);
      }
      case 'redacted_thinking':
        this.blocks.set(index, { kind: 'ignored' });
        return this.redacted(block['data']);
      case 'tool_use':
        return this.openTool(index, block);
      default:
        this.blocks.set(index, { kind: 'ignored' });
        return this.serverTool(block);
    }
  }

  /** A tool that is run there, at work or with its result. */
  private serverTool(block: JsonRecord): ChatEvent[] {
    const type = textOf(block['type']);
    const what = leftOutOf(block);
    if (type.endsWith('_tool_use') || type.endsWith('_tool_result')) {
      this.hasContent = true;
      const name = textOf(block['name']) || type;
      return [{ type: 'server_tool', choice: 0, name, ...(what === null ? { isTold: true } : {}) }];
    }
    return what === null ? [] : [{ type: 'left_out', choice: 0, what }];
  }

  private openTool(blockIndex: number, block: JsonRecord): ChatEvent[] {
    const index = this.toolCount;
    this.toolCount += 1;
    const id = textOf(block['id']) || `call_${this.id ?? 'unnamed'}_${index}`;
    const name = textOf(block['name']);
    this.blocks.set(blockIndex, { kind: 'tool', index, hasArguments: false, input: block['input'] });
    this.hasContent = true;
    this.outputText += name;
    return [{ type: 'tool_call_start', choice: 0, index, id, name, kind: 'function' }];
  }

  private delta({ index, delta }: JsonRecord): ChatEvent[] {
    const block = this.blocks.get(countOf(index) ?? -1);
    if (!block || !isRecord(delta)) return this.broken('The stream goes on with a block that has not begun.');
    switch (delta['type']) {
      case 'text_delta':
        return block.kind === 'text' ? this.text(delta['text']) : [];
      case 'thinking_delta':
        return block.kind === 'thinking' ? this.thinking(block.index, delta['thinking']) : [];
      case 'signature_delta':
        return block.kind === 'thinking' ? signature(block.index, delta['signature']) : [];
      case 'input_json_delta':
        return block.kind === 'tool' ? this.toolArguments(block, delta['partial_json']) : [];
      case 'citations_delta':
        if (block.kind === 'text') block.citations.push(delta['citation']);
        return [];
      default:
        return [];
    }
  }

  /** A call without arguments sends none; clients parse what they got, so it must be an object. Citations of a text end it. */
  private closeBlock({ index }: JsonRecord): ChatEvent[] {
    const block = this.blocks.get(countOf(index) ?? -1);
    if (!block) return this.broken('The stream ends a block that has not begun.');
    if (block.kind === 'text') {
      const place = { start: block.begins, end: this.textLength };
      return block.citations.map((citation) => citationEvent(citation, place));
    }
    if (block.kind !== 'tool' || block.hasArguments) return [];
    return this.toolArguments(block, printInput(block.input));
  }

  private messageDelta({ delta, usage }: JsonRecord): ChatEvent[] {
    if (!this.hasStarted) return this.broken('The stream does not begin with one message.');
    const events = this.takeUsage(usage);
    const native = isRecord(delta) ? delta['stop_reason'] : null;
    if (typeof native !== 'string' || this.hasFinished(0)) return events;
    const hasCalls = [...this.blocks.values()].some(({ kind }) => kind === 'tool');
    const reason = finishReasonOf(native, hasCalls);
    this.finish(0, reason, native);
    const { container, stop_details: details } = recordOf(delta);
    if (isRecord(container)) events.push({ type: 'left_out', choice: 0, what: 'container' });
    const explanation = explanationOf(details);
    if (explanation !== '')
      events.push({ type: 'refusal', choice: 0, text: explanation, isExplanation: true });
    return [...events, { type: 'finish', choice: 0, reason, native }];
  }

  private stop(): ChatEvent[] {
    if (!this.hasFinished(0)) return this.broken('The stream ends without a stop reason.');
    this.terminated = true;
    return [];
  }

  private text(text: unknown): ChatEvent[] {
    if (typeof text !== 'string' || text === '') return [];
    this.hasContent = true;
    this.textLength += text.length;
    this.outputText += text;
    return [{ type: 'text', choice: 0, text }];
  }

  private thinking(index: number, text: unknown): ChatEvent[] {
    if (typeof text !== 'string' || text === '') return [];
    this.hasContent = true;
    this.reasoningText += text;
    return [{ type: 'reasoning', choice: 0, index, text, format: CLAUDE_REASONING_FORMAT }];
  }

  private redacted(data: unknown): ChatEvent[] {
    if (typeof data !== 'string') return [];
    const index = this.thinkingCount;
    this.thinkingCount += 1;
    this.hasContent = true;
    return [
      { type: 'reasoning_encrypted', choice: 0, index, data, format: CLAUDE_REASONING_FORMAT, id: null },
    ];
  }

  private toolArguments(block: Extract<OpenBlock, { kind: 'tool' }>, text: unknown): ChatEvent[] {
    if (typeof text !== 'string' || text === '') return [];
    block.hasArguments = true;
    this.outputText += text;
    return [{ type: 'tool_call_arguments', choice: 0, index: block.index, text }];
  }

  private takeUsage(usage: unknown): ChatEvent[] {
    if (!isRecord(usage)) return [];
    this.counts = mergeUsage(this.counts, usage);
    const buckets = usageFromClaude(this.counts);
    if (buckets === null) return [];
    this.usage = buckets;
    return [{ type: 'usage', usage: buckets }];
  }

  private broken(message: string): ChatEvent[] {
    return [{ type: 'error', failure: this.fail(malformed(message)) }];
  }
}

function signature(index: number, value: unknown): ChatEvent[] {
  if (typeof value !== 'string' || value === '') return [];
  return [
    { type: 'reasoning_signature', choice: 0, index, signature: value, format: CLAUDE_REASONING_FORMAT },
  ];
}
