import type { ChatEvent } from '@trunkline/contracts';
import { AnswerState } from '../../answer-state.js';
import { malformed } from '../../failure/index.js';
import type { SseEvent } from '../../framing/index.js';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import type { CallNames, ChatDecoder } from '../../types.js';
import { citationEvent } from './citations.js';
import { classifyException } from './failure.js';
import { failureOfStop, finishReasonOf } from './finish-reason.js';
import { traitsOf } from './model-traits.js';
import { unsealed } from './reasoning-blocks.js';
import { isServerTool } from './server-tool.js';
import { usageFromConverse } from './usage.js';

/** What a block of the message becomes. Text and reasoning have no beginning of their own. */
type OpenBlock =
  | { kind: 'reasoning'; index: number; sealed: Buffer[] }
  | { kind: 'tool'; index: number; hasArguments: boolean }
  | { kind: 'image'; format: string; pieces: Buffer[] }
  /** Amazon's own tools and their results: no text of the answer. */
  | { kind: 'ignored' };

/**
 * Decodes one stream of ConverseStream. `messageStop` ends the answer, `metadata` with the usage comes behind it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export class ConverseDecoder extends AnswerState implements ChatDecoder {
  private readonly blocks = new Map<number, OpenBlock>();
  private readonly format: string;
  /** Citations of blocks of text that have not ended. */
  private readonly cited = new Map<number, unknown[]>();
  private readonly textBegins = new Map<number, number>();
  private textLength = 0;
  private toolCount = 0;
  private reasoningCount = 0;
  private hasStarted = false;

  constructor(private readonly names?: CallNames) {
    super(1);
    this.format = traitsOf(names?.model ?? '').reasoningFormat;
  }

  push(frame: SseEvent): readonly ChatEvent[] {
    if (this.failure || this.terminated) return [];
    const [kind, name = ''] = (frame.event ?? '').split(':', 2);
    if (kind === 'exception' || kind === 'error')
      return [{ type: 'error', failure: this.fail(classifyException(name, frame.data)) }];
    let value: unknown;
    try {
      value = JSON.parse(frame.data);
    } catch {
      return this.broken('An event of the stream is not JSON.');
    }
    if (!isRecord(value)) return this.broken('An event of the stream is not an object.');
    if (this.hasFinished(0)) return kind === 'metadata' ? this.metadata(value) : [];
    switch (kind) {
      case 'messageStart':
        return this.start();
      case 'contentBlockStart':
        return this.openBlock(value);
      case 'contentBlockDelta':
        return this.delta(value);
      case 'contentBlockStop':
        return this.closeBlock(placeOf(value['contentBlockIndex']));
      case 'messageStop':
        return this.stop(value);
      case 'metadata':
        return this.hasStarted
          ? this.takeUsage(value['usage'])
          : this.broken('The stream does not begin with a message.');
      // Whatever may be added.
      default:
        return [];
    }
  }

  private start(): ChatEvent[] {
    if (this.hasStarted) return this.broken('The stream begins twice.');
    this.hasStarted = true;
    this.id = this.names?.id ?? '';
    this.model = this.names?.model ?? '';
    return [{ type: 'start', id: this.id, model: this.model, createdSeconds: null }];
  }

  private openBlock({ contentBlockIndex, start }: JsonRecord): ChatEvent[] {
    const at = placeOf(contentBlockIndex);
    if (!this.hasStarted || at < 0 || !isRecord(start) || this.blocks.has(at))
      return this.broken('A block of the stream does not begin as it must.');
    const { toolUse, image } = start;
    if (isRecord(image)) {
      this.blocks.set(at, { kind: 'image', format: textOf(image['format']), pieces: [] });
      return [];
    }
    if (!isRecord(toolUse) || isServerTool(toolUse)) {
      this.blocks.set(at, { kind: 'ignored' });
      return this.serverTool(start);
    }
    const index = this.toolCount;
    this.toolCount += 1;
    this.blocks.set(at, { kind: 'tool', index, hasArguments: false });
    const id = textOf(toolUse['toolUseId']) || `call_${this.id || 'unnamed'}_${index}`;
    const name = textOf(toolUse['name']);
    this.hasContent = true;
    this.outputText += name;
    return [{ type: 'tool_call_start', choice: 0, index, id, name, kind: 'function' }];
  }

  /** A tool that is run there, at work or with its result. */
  private serverTool({ toolUse, toolResult }: JsonRecord): ChatEvent[] {
    if (!isRecord(toolUse) && !isRecord(toolResult)) return [];
    this.hasContent = true;
    const name = textOf(recordOf(toolUse)['name']) || textOf(recordOf(toolResult)['type']);
    return [{ type: 'server_tool', choice: 0, name }];
  }

  private delta({ contentBlockIndex, delta }: JsonRecord): ChatEvent[] {
    const at = placeOf(contentBlockIndex);
    if (!this.hasStarted || at < 0 || !isRecord(delta))
      return this.broken('The stream goes on with a block that cannot be read.');
    const block = this.blocks.get(at);
    if (block?.kind === 'ignored') return [];
    const { text, toolUse, reasoningContent, citation, image } = delta;
    if (block?.kind === 'image') {
      const bytes = textOf(recordOf(recordOf(image)['source'])['bytes']);
      block.pieces.push(Buffer.from(bytes, 'base64'));
      return [];
    }
    if (typeof text === 'string') {
      if (!this.textBegins.has(at)) this.textBegins.set(at, this.textLength);
      return this.text(text);
    }
    if (isRecord(reasoningContent)) return this.reasoning(at, reasoningContent);
    if (isRecord(toolUse)) {
      if (block?.kind !== 'tool') return this.broken('The stream goes on with a call that has not begun.');
      return this.toolArguments(block, toolUse['input']);
    }
    if (isRecord(citation)) this.cited.set(at, [...(this.cited.get(at) ?? []), citation]);
    return [];
  }

  private text(text: string): ChatEvent[] {
    if (text === '') return [];
    this.hasContent = true;
    this.textLength += text.length;
    this.outputText += text;
    return [{ type: 'text', choice: 0, text }];
  }

  private reasoning(at: number, { text, signature, redactedContent }: JsonRecord): ChatEvent[] {
    const block = this.reasoningBlock(at);
    const { index } = block;
    const { format } = this;
    if (typeof redactedContent === 'string') {
      block.sealed.push(Buffer.from(redactedContent, 'base64'));
      this.hasContent = true;
    }
    if (typeof signature === 'string' && signature !== '')
      return [{ type: 'reasoning_signature', choice: 0, index, signature, format }];
    if (typeof text !== 'string' || text === '') return [];
    this.hasContent = true;
    this.reasoningText += text;
    return [{ type: 'reasoning', choice: 0, index, text, format }];
  }

  private reasoningBlock(at: number): Extract<OpenBlock, { kind: 'reasoning' }> {
    const known = this.blocks.get(at);
    if (known?.kind === 'reasoning') return known;
    const block: OpenBlock = { kind: 'reasoning', index: this.reasoningCount, sealed: [] };
    this.reasoningCount += 1;
    this.blocks.set(at, block);
    return block;
  }

  /** A call without arguments sends none; clients parse what they got, so it must be an object. */
  private closeBlock(at: number): ChatEvent[] {
    const block = this.blocks.get(at);
    if (!block) return this.cite(at);
    if (block.kind === 'image') return this.image(block);
    if (block.kind === 'tool' && !block.hasArguments) return this.toolArguments(block, '{}');
    if (block.kind !== 'reasoning' || block.sealed.length === 0) return [];
    const data = unsealed(Buffer.concat(block.sealed).toString('base64'), this.format);
    block.sealed = [];
    return [
      { type: 'reasoning_encrypted', choice: 0, index: block.index, data, format: this.format, id: null },
    ];
  }

  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlockDelta.html */
  private image({ format, pieces }: Extract<OpenBlock, { kind: 'image' }>): ChatEvent[] {
    const bytes = Buffer.concat(pieces.splice(0)).toString('base64');
    if (bytes === '') return [];
    this.hasContent = true;
    return [{ type: 'image', choice: 0, url: `data:image/${format || 'png'};base64,${bytes}` }];
  }

  /** What the text of a block rests on, told when its end is known. */
  private cite(at: number): ChatEvent[] {
    const citations = this.cited.get(at) ?? [];
    this.cited.delete(at);
    const place = { start: this.textBegins.get(at) ?? this.textLength, end: this.textLength };
    return citations.map((citation) => citationEvent(citation, place));
  }

  private toolArguments(block: Extract<OpenBlock, { kind: 'tool' }>, text: unknown): ChatEvent[] {
    if (typeof text !== 'string' || text === '') return [];
    block.hasArguments = true;
    this.outputText += text;
    return [{ type: 'tool_call_arguments', choice: 0, index: block.index, text }];
  }

  private stop({ stopReason }: JsonRecord): ChatEvent[] {
    if (!this.hasStarted || typeof stopReason !== 'string')
      return this.broken('The stream ends without a reason.');
    const broken = failureOfStop(stopReason);
    if (broken) return [{ type: 'error', failure: this.fail(broken) }];
    const open = [...this.blocks.keys(), ...this.cited.keys()].flatMap((at) => this.closeBlock(at));
    const reason = finishReasonOf(stopReason, this.toolCount > 0);
    this.finish(0, reason, stopReason);
    return [...open, { type: 'finish', choice: 0, reason, native: stopReason }];
  }

  private metadata({ usage }: JsonRecord): ChatEvent[] {
    this.terminated = true;
    return this.takeUsage(usage);
  }

  private takeUsage(counts: unknown): ChatEvent[] {
    const usage = usageFromConverse(recordOf(counts));
    if (usage === null) return [];
    this.usage = usage;
    return [{ type: 'usage', usage }];
  }

  private broken(message: string): ChatEvent[] {
    return [{ type: 'error', failure: this.fail(malformed(message)) }];
  }
}

/** -1 for what is no place. */
function placeOf(index: unknown): number {
  return countOf(index) ?? -1;
}
