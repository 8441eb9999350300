import type { ChatEvent, FinishReason, UpstreamFailure, Usage } from '@trunkline/contracts';
import { framerFor, type Framing, type SseEvent } from '../framing/index.js';
import { malformed } from '../failure/index.js';
import type { AnswerProgress, ChatAdapter, ChatChunk } from '../types.js';

/** What came of a stream. */
export interface PlayedStream {
  text: string;
  reasoning: string;
  calls: { name: string; arguments: string }[];
  finishReason: FinishReason | null;
  nativeFinishReason: string | null;
  usage: Usage | null;
  outputText: string;
  failure: UpstreamFailure | null;
}

type Collected = Pick<PlayedStream, 'text' | 'reasoning' | 'calls'>;

/** Plays pieces through framing and decoder, and adds the canonical events up. */
export function playDecoder(chat: ChatAdapter, pieces: readonly Buffer[], choices = 1): PlayedStream {
  const decoder = chat.decoder({ choices });
  const collected: Collected = { text: '', reasoning: '', calls: [] };
  let frames: SseEvent[] = [];
  try {
    frames = framesOf(pieces, chat.framing);
  } catch {
    return { ...finish(collected, decoder), failure: malformed('The stream cannot be cut into events.') };
  }
  for (const frame of frames) for (const event of decoder.push(frame)) collectEvent(collected, event);
  return finish(collected, decoder);
}

/** Plays pieces through framing and passthrough reader, and adds up what a client would get. */
export function playPassthrough(chat: ChatAdapter, pieces: readonly Buffer[], choices = 1): PlayedStream {
  const reader = chat.passthroughReader?.({ choices });
  if (!reader) throw new Error('this provider does not pass frames on');
  const collected: Collected = { text: '', reasoning: '', calls: [] };
  for (const frame of framesOf(pieces)) {
    const read = reader.read(frame);
    if (read.kind === 'print') collectChunk(collected, read.chunk);
    if (read.kind === 'forward') collectChunk(collected, chunkOfBytes(frame));
  }
  return finish(collected, reader);
}

export function framesOf(pieces: readonly Buffer[], framing?: Framing): SseEvent[] {
  const framer = framerFor(framing);
  const frames = pieces.flatMap((piece) => framer.push(piece));
  return [...frames, ...framer.end()];
}

function chunkOfBytes({ source, start, end }: SseEvent): ChatChunk {
  const [frame] = framesOf([Buffer.from(source.subarray(start, end))]);
  return JSON.parse(frame?.data ?? 'null') as ChatChunk;
}

function finish(collected: Collected, progress: AnswerProgress): PlayedStream {
  const failure = progress.end();
  const { finishReason, nativeFinishReason, usage, outputText } = progress;
  return { ...collected, finishReason, nativeFinishReason, usage, outputText, failure };
}

function collectEvent(into: Collected, event: ChatEvent): void {
  if (event.type === 'text') into.text += event.text;
  if (event.type === 'reasoning') into.reasoning += event.text;
  if (event.type === 'tool_call_start') into.calls[event.index] = { name: event.name, arguments: '' };
  if (event.type === 'tool_call_arguments') {
    const call = into.calls[event.index];
    if (call) call.arguments += event.text;
  }
}

interface Delta {
  content?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  reasoning_details?: { text?: string }[];
  tool_calls?: { index: number; function?: { name?: string; arguments?: string } }[] | null;
}

function collectChunk(into: Collected, chunk: ChatChunk): void {
  for (const choice of chunk.choices) {
    const delta = choice.delta as Delta;
    into.text += delta.content ?? '';
    const details = delta.reasoning_details?.map(({ text }) => text ?? '').join('') ?? '';
    into.reasoning += delta.reasoning_content || delta.reasoning || details;
    for (const { index, function: body } of delta.tool_calls ?? []) {
      const call = (into.calls[index] ??= { name: '', arguments: '' });
      call.name += body?.name ?? '';
      call.arguments += body?.arguments ?? '';
    }
  }
}
