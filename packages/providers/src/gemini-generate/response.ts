import type {
  AnsweredToolCall,
  ChatAnswerChoice,
  DrawnImage,
  LeftOut,
  ReasoningDetail,
  Usage,
} from '@trunkline/contracts';
import { isEmptyAnswer } from '../answer-state.js';
import { empty, malformed } from '../failure/index.js';
import { countOf, isRecord, textOf, type JsonRecord } from '../loose-json.js';
import type { ParsedAnswer } from '../types.js';
import { callId, readPart } from './answer-part.js';
import { blockedPrompt } from './blocked.js';
import { CallReader, type CallStep } from './call-reader.js';
import { classifyGeminiInBand } from './failure.js';
import {
  endsWithinCall,
  explanationOf,
  failureOfFinish,
  finishReasonOf,
  GEMINI_FINISH_NUMBERS,
  nativeReasonOf,
  type FinishNumbers,
} from './finish-reason.js';
import { GEMINI_REASONING_FORMAT } from './format.js';
import { groundingOf, type Grounding } from './grounding.js';
import { joinChunks } from './join-chunks.js';
import { logprobsOf } from './logprobs.js';
import { plausibleUsage } from '../plausible-usage.js';
import { usageFromGemini, withSearches } from './usage.js';
import { signedContent } from './signed-call.js';

interface ReadCandidate {
  text: string;
  reasoning: string;
  details: ReasoningDetail[];
  calls: AnsweredToolCall[];
  /** The last call has not ended. */
  isWithinCall: boolean;
  images: DrawnImage[];
  leftOut: Set<LeftOut>;
}

/**
 * A whole answer, or the list of chunks that a stream is which was not asked for as events.
 * https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
 * @param finishNumbers what the numbers mean where enumerations come so
 */
export function parseGenerated(body: string, finishNumbers = GEMINI_FINISH_NUMBERS): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  if (Array.isArray(value)) value = joinChunks(value as unknown[]);
  if (!isRecord(value)) return { kind: 'failed', failure: malformed('The answer is not an object.') };
  if (value['error']) return { kind: 'failed', failure: classifyGeminiInBand(value) };
  const candidates = Array.isArray(value['candidates']) ? (value['candidates'] as unknown[]) : [];
  const blocked = candidates.length === 0 ? blockedPrompt(value['promptFeedback']) : null;
  if (blocked) return { kind: 'failed', failure: blocked };
  const answer = readAnswer(value, candidates.filter(isRecord), finishNumbers);
  return 'outcome' in answer ? { kind: 'failed', failure: answer } : answer;
}

function readAnswer(
  value: JsonRecord,
  candidates: readonly JsonRecord[],
  finishNumbers: FinishNumbers,
): Extract<ParsedAnswer, { kind: 'answer' }> | ReturnType<typeof malformed> {
  const id = textOf(value['responseId']);
  const model = textOf(value['modelVersion']);
  const choices: ChatAnswerChoice[] = [];
  let outputText = '';
  let reasoningText = '';
  let hasContent = false;
  let searches = 0;
  const leftOut = new Set<LeftOut>();
  for (const [i, candidate] of candidates.entries()) {
    const native = nativeReasonOf(candidate['finishReason'], finishNumbers);
    const index = countOf(candidate['index']) ?? i;
    const read = readCandidate(candidate, id, index);
    if (!read) return malformed('The model wrote a function call that cannot be read.');
    // What has content is whole without it: its JSON has ended.
    if (native === '' && !isAnswer(read)) return malformed('The answer has no finish reason.');
    const reason = finishReasonOf(native, read.calls.length > 0);
    const broken =
      failureOfFinish(native, read.calls.length > 0) ?? endsWithinCall(reason, read.isWithinCall);
    if (broken) return broken;
    const grounding = groundingOf(candidate, read.text, model);
    const logprobs = logprobsOf(candidate['logprobsResult']);
    choices.push({
      index,
      message: messageOf(read, grounding, explanationOf(candidate['finishMessage'], reason)),
      finish_reason: reason,
      native_finish_reason: native === '' ? null : native,
      logprobs: logprobs.length > 0 ? { content: logprobs, refusal: null } : null,
    });
    outputText +=
      read.text + read.calls.map((call) => `${call.function?.name}${call.function?.arguments}`).join('');
    reasoningText += read.reasoning;
    searches += grounding.searches;
    for (const what of read.leftOut) leftOut.add(what);
    hasContent ||= read.reasoning !== '' || isAnswer(read);
  }
  const [first] = choices;
  if (!first) return malformed('The answer has no candidate.');
  const counted: Usage | null = plausibleUsage(usageFromGemini(value['usageMetadata']), first.finish_reason);
  const usage = counted && withSearches(counted, searches);
  if (isEmptyAnswer({ hasContent, finishReason: first.finish_reason, usage })) return empty();
  return {
    kind: 'answer',
    answer: { id, object: 'chat.completion', created: 0, model, choices },
    usage,
    finishReason: first.finish_reason,
    nativeFinishReason: first.native_finish_reason ?? null,
    outputText,
    reasoningText,
    leftOut: [...leftOut],
    isExplained: first.message.refusal !== null,
  };
}

/** Sound is an answer, though none that a client of chat can be given. */
function isAnswer({ text, calls, images, leftOut }: ReadCandidate): boolean {
  return text !== '' || calls.length > 0 || images.length > 0 || leftOut.has('audio');
}

function messageOf(
  read: ReadCandidate,
  { annotations, citations }: Grounding,
  refusal: string,
): ChatAnswerChoice['message'] {
  return {
    role: 'assistant',
    content: read.text === '' && read.calls.length > 0 ? null : read.text,
    refusal: refusal === '' ? null : refusal,
    ...(read.calls.length > 0 ? { tool_calls: read.calls } : {}),
    ...(read.reasoning === '' ? {} : { reasoning_content: read.reasoning }),
    ...(read.details.length > 0 ? { reasoning_details: read.details } : {}),
    ...(annotations.length > 0 ? { annotations: [...annotations] } : {}),
    ...(citations.length > 0 ? { citations: [...citations] } : {}),
    ...(read.images.length > 0 ? { images: read.images } : {}),
  };
}

/** Null where a call cannot be read. */
function readCandidate({ content }: JsonRecord, responseId: string, choice: number): ReadCandidate | null {
  const read: ReadCandidate = {
    text: '',
    reasoning: '',
    details: [],
    calls: [],
    isWithinCall: false,
    images: [],
    leftOut: new Set(),
  };
  const reader = new CallReader();
  const parts = isRecord(content) && Array.isArray(content['parts']) ? (content['parts'] as unknown[]) : [];
  for (const value of parts) {
    const part = readPart(value);
    if (!part) continue;
    if (part.kind === 'server_tool' || part.kind === 'left_out') {
      read.leftOut.add(part.kind === 'left_out' ? part.what : 'server_tools');
      continue;
    }
    if (part.kind === 'thought') {
      read.reasoning += part.text;
      addThought(read.details, part.text, part.signature);
      continue;
    }
    if (part.kind === 'call') {
      const steps = reader.take(part.piece);
      if (!steps) return null;
      for (const step of steps)
        takeStep(read, step, (own) => callId(own, responseId, choice, read.calls.length));
      continue;
    }
    if (part.kind === 'text') read.text += part.text;
    if (part.kind === 'image') read.images.push({ type: 'image_url', image_url: { url: part.url } });
    if (part.signature !== null) addSignature(read.details, part.signature, null);
  }
  read.isWithinCall = reader.isWithinCall;
  return read;
}

function takeStep(
  { calls, details }: ReadCandidate,
  step: CallStep,
  idOf: (own: string | null) => string,
): void {
  if (step.kind === 'begin') {
    const { name, signature } = step;
    const extras = signature === null ? {} : { extra_content: signedContent(signature) };
    calls.push({ id: idOf(step.id), type: 'function', function: { name, arguments: '' }, ...extras });
  }
  const call = calls.at(-1);
  if (step.kind === 'arguments') {
    if (call?.function) call.function.arguments += step.text;
  } else if (step.signature !== null) addSignature(details, step.signature, call?.id ?? null);
}

/** Thoughts that follow each other are one, until one of them is signed. */
function addThought(details: ReasoningDetail[], text: string, signature: string | null): void {
  const last = details.at(-1);
  if (last?.type === 'reasoning.text' && !last.signature) {
    last.text = (last.text ?? '') + text;
    last.signature = signature;
    return;
  }
  const format = GEMINI_REASONING_FORMAT;
  details.push({ type: 'reasoning.text', text, signature, format, index: details.length });
}

/** `id` names the call that the signature belongs to; without one it is the text's. */
function addSignature(details: ReasoningDetail[], data: string, id: string | null): void {
  details.push({
    type: 'reasoning.encrypted',
    data,
    format: GEMINI_REASONING_FORMAT,
    id,
    index: details.length,
  });
}
