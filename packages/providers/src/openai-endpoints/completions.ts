import {
  isDeeperThan,
  MAX_JSON_DEPTH,
  type CompletionsRequest,
  type UpstreamFailure,
  type Usage,
} from '@trunkline/contracts';
import { outgoingFields } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { AnswerPiece, AnswerReader, Completion, EndpointAdapter } from '../endpoints/types.js';
import {
  classifyInBand,
  classifyResponse,
  empty,
  malformed,
  readError,
  truncated,
  type CodeTable,
} from '../failure/index.js';
import { FramingError, SseFramer, type SseEvent } from '../framing/sse-framer.js';
import { isRecord, textOf, type JsonRecord } from '../loose-json.js';
import { isFailureFinish } from '../openai-compatible/finish-reason.js';
import { usageFromOpenAi } from '../openai-compatible/usage.js';

/** OpenAI's older completions, for servers that have them. https://platform.openai.com/docs/api-reference/completions */
export function openAiCompletions(codes?: CodeTable): EndpointAdapter<CompletionsRequest, Completion> {
  return {
    unsupported: () => [],
    buildRequests: ({ request, model }) => {
      const { stream_options: _ours, ...rest } = request;
      const { fields, dropped } = outgoingFields(rest, model);
      // Usage is always wanted; whether the client sees it is the gateway's to decide.
      const body = JSON.stringify(
        request.stream ? { ...fields, stream_options: { include_usage: true } } : fields,
      );
      return { kind: 'built', requests: [{ path: '/completions', body }], dropped };
    },
    parseAnswers: (bodies) => {
      const read = readAnswer(bodies[0] ?? '', codes);
      if (read.kind === 'failed') return read;
      const { choices, usage, id } = read.value;
      if (!Array.isArray(choices) || !choices.every(isChoice))
        return failed(malformed('The answer has no choices.'));
      if (choices.length === 0) return failed(empty());
      if (choices.some(({ finish_reason: reason }) => isFailureFinish(reason))) return failed(brokenOff());
      return {
        kind: 'answer',
        answer: { choices },
        id: textOf(id) || null,
        usage: usageFromOpenAi(usage),
      };
    },
    readerFor: ({ request }) => (request.stream === true ? new CompletionsReader(request.n ?? 1) : null),
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}

function brokenOff(): UpstreamFailure {
  const message = 'The provider ended the answer with an error.';
  return classifyInBand({ message, type: null, code: 'error', param: null, status: null });
}

function isChoice(choice: unknown): choice is JsonRecord {
  return isRecord(choice) && typeof choice['text'] === 'string';
}

/** Reads a stream of older completions: it has ended well when every choice has a finish reason. */
class CompletionsReader implements AnswerReader {
  readonly refuses = /json|html|xml/i;
  failure: UpstreamFailure | null = null;
  usage: Usage | null = null;
  private readonly framer = new SseFramer();
  private readonly finished = new Set<unknown>();
  private isDone = false;

  constructor(private readonly choices: number) {}

  get isWhole(): boolean {
    return this.isDone || this.finished.size >= this.choices;
  }

  push(bytes: Buffer): AnswerPiece[] {
    try {
      return this.framer.push(bytes).flatMap((frame) => this.read(frame));
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.failure ??= malformed('An event of the stream is too large.');
      return [];
    }
  }

  end(): { pieces: AnswerPiece[]; failure: UpstreamFailure | null } {
    return { pieces: [], failure: this.failure ?? (this.isWhole ? null : truncated()) };
  }

  private read({ data }: SseEvent): AnswerPiece[] {
    if (this.failure || this.isDone || data === '') return [];
    if (data.trim() === '[DONE]') {
      this.isDone = this.finished.size > 0;
      return [];
    }
    const chunk = parsed(data);
    const error = chunk?.['error'] ? readError(chunk) : null;
    if (error) this.failure = classifyInBand(error);
    if (!chunk || error) {
      this.failure ??= malformed('An event of the stream is not a JSON object.');
      return [];
    }
    const { usage, ...event } = chunk;
    this.usage = usageFromOpenAi(usage) ?? this.usage;
    const choices = Array.isArray(event['choices']) ? (event['choices'] as unknown[]).filter(isRecord) : [];
    for (const { index = 0, finish_reason: reason } of choices) {
      if (isFailureFinish(reason)) this.failure = brokenOff();
      if (reason) this.finished.add(index);
    }
    if (this.failure) return [];
    return choices.length === 0 ? [] : [{ kind: 'event', event, isLast: this.isWhole }];
  }
}

function parsed(data: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) && !isDeeperThan(value, MAX_JSON_DEPTH) ? value : null;
  } catch {
    return null;
  }
}
