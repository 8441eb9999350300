import { countTokens } from '../counting/count-tokens.js';
import { NO_CACHE_USE } from '../counting/prompt-cache.js';
import { prose } from '../content/prose.js';
import type { Prompt } from '../content/prompt.js';
import { seededRandom } from '../content/seeded-random.js';
import { bytesOf, joined } from '../http/frame-bytes.js';
import { buildReply } from '../http/reply.js';
import type { Protocol, ReportedUsage } from '../protocols/protocol.js';
import { protocolOf } from '../protocols/registry.js';
import { profileOf } from '../providers/profiles.js';

/** What the canned mode answers with. */
export interface CannedOptions {
  /** Length of a plain answer's body; at least that of an answer without text. */
  readonly bytes: number;
  /** Events with content in a stream. */
  readonly streamEvents: number;
  /** Pace of a stream; 0 sends it whole. */
  readonly eventsPerSecond: number;
}

export const CANNED_DEFAULTS: CannedOptions = { bytes: 600, streamEvents: 30, eventsPerSecond: 0 };

/** Answers made once, so that a call costs the simulator next to nothing. */
export interface CannedAnswer {
  readonly plain: Buffer;
  readonly plainHeaders: readonly string[];
  readonly plainUsage: ReportedUsage;
  /** The first holds all that comes before content, the last all behind it. */
  readonly events: readonly Buffer[];
  readonly whole: Buffer;
  readonly streamHeaders: readonly string[];
  readonly streamUsage: ReportedUsage;
}

export interface CannedMode {
  readonly options: CannedOptions;
  readonly answers: ReadonlyMap<string, CannedAnswer>;
}

// Nothing is counted in canned mode: every prompt is said to have this many tokens.
const PROMPT_TOKENS = 100;

export function makeCannedMode(options: CannedOptions): CannedMode {
  const answers = new Map<string, CannedAnswer>();
  for (const id of ['openai', 'anthropic']) {
    const protocol = protocolOf(id);
    if (protocol !== undefined) answers.set(id, makeAnswer(protocol, options));
  }
  return { options, answers };
}

function makeAnswer(protocol: Protocol, options: CannedOptions): CannedAnswer {
  const filler = prose(
    'benchmark traffic through a gateway',
    seededRandom('canned'),
    Math.min(Math.ceil(options.bytes / 3) + 200, 200_000),
  ).replaceAll('"', '');
  let length = 0;
  let made = write(protocol, filler.slice(0, length), false);
  // Usage has more digits for a longer text, so the length is approached in a few rounds.
  for (let round = 0; round < 6 && made.body.length !== options.bytes; round += 1) {
    length = Math.max(0, length + options.bytes - made.body.length);
    made = write(protocol, filler.slice(0, length), false);
  }
  const streamed = write(protocol, ' word'.repeat(options.streamEvents), true);
  const plain = Buffer.from(made.body);
  return {
    plain,
    plainHeaders: ['content-type', 'application/json', 'content-length', String(plain.length)],
    plainUsage: made.usage,
    events: streamed.events,
    whole: Buffer.concat(streamed.events),
    streamHeaders: ['content-type', 'text/event-stream; charset=utf-8', 'cache-control', 'no-cache'],
    streamUsage: streamed.usage,
  };
}

function write(
  protocol: Protocol,
  text: string,
  stream: boolean,
): { body: string; events: Buffer[]; usage: ReportedUsage } {
  const output = { reasoning: 0, total: countTokens(text) };
  const answers = [{ reasoning: '', text, toolCalls: [], finish: { kind: 'stop' as const } }];
  const prompt = { ...EMPTY_PROMPT, stream };
  const input = {
    providerId: protocol.id,
    profile: profileOf(protocol.id),
    prompt,
    promptTokens: PROMPT_TOKENS,
    cacheUse: NO_CACHE_USE,
    answers,
    output,
  };
  const reply = buildReply(input, protocol.writer(input), {});
  const usage = {
    promptTokens: PROMPT_TOKENS,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: output.total,
    reasoningTokens: 0,
  };
  if (reply.kind === 'plain') return { body: reply.body.toString(), events: [], usage };
  const isContent = (frame: { tokens: number }): boolean => frame.tokens > 0;
  const first = reply.frames.findIndex(isContent);
  const last = reply.frames.findLastIndex(isContent);
  if (first === -1) return { body: '', events: [joined(reply.frames)], usage };
  const content = reply.frames.slice(first, last + 1).map((frame) => bytesOf(frame.data));
  return {
    body: '',
    events: [joined(reply.frames.slice(0, first)), ...content, joined(reply.frames.slice(last + 1))],
    usage,
  };
}

const EMPTY_PROMPT: Prompt = {
  model: 'canned-model',
  segments: [],
  primingTokens: 0,
  firstUserText: '',
  lastUserText: '',
  toolResults: [],
  assistantTurns: 0,
  turns: [],
  prefill: undefined,
  hasImages: false,
  tools: [],
  toolChoice: { kind: 'auto' },
  parallelToolCalls: true,
  format: { kind: 'text' },
  stop: [],
  maxOutputTokens: undefined,
  choices: 1,
  stream: false,
  includeUsage: true,
  reasoning: 'off',
  seed: '',
};
