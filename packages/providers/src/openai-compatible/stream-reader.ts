import { AnswerState } from '../answer-state.js';
import { classifyInBand, malformed, readError } from '../failure/index.js';
import type { SseEvent } from '../framing/index.js';
import type { ChatChunk, PassthroughFrame, PassthroughReader, SentAnswer } from '../types.js';
import { isRecord } from '../loose-json.js';
import { ChoiceReader } from './choice-reader.js';
import type { Quirks } from './quirks.js';
import type { FieldStripper } from './strip-fields.js';
import { usageFromOpenAi } from './usage.js';

const FORWARD = { kind: 'forward', hasContent: false } as const;
const FORWARD_CONTENT = { kind: 'forward', hasContent: true } as const;
const SWALLOW = { kind: 'swallow' } as const;
const DONE = { kind: 'done' } as const;
const CHUNK = 'chat.completion.chunk';

/**
 * Reads one stream of OpenAI chunks. A frame that any client of OpenAI can read is forwarded as it is; one that is
 * not, or that has something in it that must not pass, is put right and printed.
 */
export class OpenAiStreamReader extends AnswerState implements PassthroughReader {
  /** The chunk of the last frame, put right; for the decoder. */
  chunk: ChatChunk | null = null;
  private readonly choiceReader: ChoiceReader;

  constructor(
    choices: number,
    private readonly quirks: Quirks,
    private readonly strip: FieldStripper,
    knownCallIds?: ReadonlySet<string>,
  ) {
    super(choices);
    this.choiceReader = new ChoiceReader(this, knownCallIds);
  }

  get sent(): SentAnswer {
    return this.choiceReader.sent;
  }

  read(frame: SseEvent): PassthroughFrame {
    this.chunk = null;
    const { data } = frame;
    if (this.failure || this.terminated || data === '') return SWALLOW;
    if (data.length < 64 && data.trimStart().startsWith('[DONE]')) {
      const failure = this.choiceReader.endOpenCalls();
      if (failure) return this.failed(failure);
      this.terminated = true;
      return DONE;
    }
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return this.failed(malformed('A frame of the stream is not JSON.'));
    }
    if (!isRecord(value)) return this.failed(malformed('A frame of the stream is not an object.'));
    if (value['error'] || frame.event === 'error' || value['object'] === 'error') {
      const error = readError(value) ?? { message: '', type: null, code: null, param: null, status: null };
      return this.failed(classifyInBand(error, this.quirks.errorCodes));
    }
    return this.readChunk(value);
  }

  private readChunk(value: Record<string, unknown>): PassthroughFrame {
    if (this.id === null) this.readIdentity(value);
    const hadUsage = this.takeUsage(value);
    const choices: unknown = value['choices'];
    if (!Array.isArray(choices) || choices.length === 0) return SWALLOW;
    const reading = this.choiceReader.read(choices);
    if (reading === 'malformed') return this.failed(malformed('A choice of the stream has a wrong shape.'));
    if (reading === 'failed') {
      const message = 'The provider ended the answer with an error.';
      return this.failed(classifyInBand({ message, type: null, code: 'error', param: null, status: null }));
    }
    const isStripped = this.strip(value);
    if (reading.isVoid) return SWALLOW;
    if (reading.hasContent) this.hasContent = true;
    // Left out by some; Perplexity calls its last one `chat.completion.done`.
    const hasObject = value['object'] === CHUNK;
    if (!hasObject) value['object'] = CHUNK;
    this.chunk = asChunk(value);
    if (reading.hasFinish || reading.isChanged || isStripped || hadUsage || !hasObject) {
      return {
        kind: 'print',
        hasContent: reading.hasContent,
        hasFinish: reading.hasFinish,
        chunk: this.chunk,
      };
    }
    return reading.hasContent ? FORWARD_CONTENT : FORWARD;
  }

  private readIdentity({ id, model, created }: Record<string, unknown>): void {
    if (typeof id === 'string' && id !== '') this.id = id;
    if (typeof model === 'string' && model !== '') this.model = model;
    if (typeof created === 'number') this.createdSeconds = created;
  }

  /** Takes usage out of the chunk, wherever this provider puts it: OpenAI, Groq (`x_groq`), Moonshot (the choice). */
  private takeUsage(value: Record<string, unknown>): boolean {
    const own = value['usage'];
    const groq = value['x_groq'];
    const choices: unknown = value['choices'];
    const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
    const inChoice = isRecord(first) ? first['usage'] : undefined;
    const source = own ?? (isRecord(groq) ? groq['usage'] : undefined) ?? inChoice;
    // Null says that it is still to come, and a chunk that is printed again has none.
    if (own === null) delete value['usage'];
    if (source === undefined || source === null) return false;
    this.usage = usageFromOpenAi(source, this.quirks.usage) ?? this.usage;
    delete value['usage'];
    if (isRecord(first)) delete first['usage'];
    return true;
  }

  private failed(failure: ReturnType<typeof malformed>): PassthroughFrame {
    return { kind: 'failed', failure: this.fail(failure) };
  }
}

/** Guarantee: `choices` is an array whose members the choice reader has put right. */
function asChunk(value: Record<string, unknown>): ChatChunk {
  return value as unknown as ChatChunk;
}
