import type { ChatAnswer, FinishReason, LeftOut } from '@trunkline/contracts';
import { isEmptyAnswer } from '../answer-state.js';
import { classifyInBand, empty, malformed, readError } from '../failure/index.js';
import type { ParsedAnswer } from '../types.js';
import { countOf, isRecord, recordOf, recordsOf, textOf } from '../loose-json.js';
import { pageCitation } from '../page-citation.js';
import { pagesBeside } from './pages-beside.js';
import { isFailureFinish, readFinishReason, reasonWithCalls } from './finish-reason.js';
import { normalizeContent } from './normalize-content.js';
import type { Quirks } from './quirks.js';
import type { FieldStripper } from './strip-fields.js';
import { plausibleUsage } from '../plausible-usage.js';
import { usageFromOpenAi } from './usage.js';

interface Written {
  output: string;
  reasoning: string;
}

/** Reads a whole answer, puts right what a client of OpenAI could not read, and takes out what must not pass. */
export function parseChatAnswer(body: string, quirks: Quirks, strip: FieldStripper): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  if (!isRecord(value)) return { kind: 'failed', failure: malformed('The answer is not an object.') };
  const error = value['error'] || value['object'] === 'error' ? readError(value) : null;
  if (error) return { kind: 'failed', failure: classifyInBand(error, quirks.errorCodes) };
  const choices: unknown = value['choices'];
  if (!Array.isArray(choices) || choices.length === 0) {
    return { kind: 'failed', failure: malformed('The answer has no choices.') };
  }
  const written: Written = { output: '', reasoning: '' };
  const finishes: { reason: FinishReason; native: string | null }[] = [];
  for (const [position, choice] of (choices as unknown[]).entries()) {
    // Azure: a choice that a filter took away has no message.
    if (isRecord(choice) && choice['finish_reason'] === 'content_filter')
      choice['message'] ??= { role: 'assistant', content: null };
    if (!isRecord(choice) || !isRecord(choice['message'])) {
      return { kind: 'failed', failure: malformed('A choice of the answer has a wrong shape.') };
    }
    if (isFailureFinish(choice['finish_reason']) || choice['error']) {
      const own = readError(choice) ?? { message: '', type: null, code: 'error', param: null, status: null };
      return { kind: 'failed', failure: classifyInBand(own, quirks.errorCodes) };
    }
    choice['index'] = countOf(choice['index']) ?? position;
    readMessage(choice['message'], textOf(value['id']), Number(choice['index']), written);
    finishes.push(readFinish(choice));
  }
  const [first] = finishes;
  const finishReason = first?.reason ?? 'stop';
  const usage = plausibleUsage(usageFromOpenAi(value['usage'], quirks.usage), finishReason);
  // Not deleted: V8 copies and prints an object without one of its first members several times as slowly.
  if (value['usage'] !== undefined) value['usage'] = undefined;
  strip(value);
  value['object'] = 'chat.completion';
  putNamesRight(value);
  const leftOut = toldBeside(value);
  const hasContent = written.output !== '' || written.reasoning !== '' || hasMedia(choices);
  if (isEmptyAnswer({ hasContent, finishReason, usage })) return { kind: 'failed', failure: empty() };
  return {
    kind: 'answer',
    answer: asAnswer(value),
    usage,
    finishReason,
    nativeFinishReason: first?.native ?? null,
    outputText: written.output,
    reasoningText: written.reasoning,
    leftOut,
  };
}

/**
 * Cites the pages that stand beside the choices, where the first one has no citations.
 * @returns what of the first choice only clients of its server can read: tools that it ran, what it read in files
 */
function toldBeside(value: Record<string, unknown>): LeftOut[] {
  const [choice] = recordsOf(value['choices']);
  const message = recordOf(choice?.['message']);
  const cited = recordsOf(message['annotations']);
  const pages = cited.length === 0 ? pagesBeside(value) : [];
  if (pages.length > 0) {
    const { length } = textOf(message['content']);
    message['annotations'] = pages.map((page) => pageCitation(page, { start: length, end: length }));
  }
  const leftOut: LeftOut[] = [];
  if (cited.some(({ type }) => type !== 'url_citation')) leftOut.push('citations');
  if (recordsOf(message['executed_tools']).length > 0) leftOut.push('server_tools');
  return leftOut;
}

/** Clients look at these by type. Whoever prints the answer has a name for one that has none. */
function putNamesRight(value: Record<string, unknown>): void {
  value['id'] = textOf(value['id']);
  value['model'] = textOf(value['model']);
  value['created'] = countOf(value['created']) ?? 0;
  if (value['system_fingerprint'] !== undefined && typeof value['system_fingerprint'] !== 'string')
    delete value['system_fingerprint'];
}

function readMessage(
  message: Record<string, unknown>,
  answerId: string,
  choice: number,
  written: Written,
): void {
  message['role'] = 'assistant';
  for (const field of ['refusal', 'reasoning', 'reasoning_content'])
    if (typeof message[field] !== 'string') dropUnlessNull(message, field);
  if (message['reasoning_details'] !== undefined)
    message['reasoning_details'] = recordsOf(message['reasoning_details']).filter(
      ({ type }) => typeof type === 'string',
    );
  const { content, refusal, reasoning_content: reasoningContent, reasoning } = message;
  if (typeof content === 'string') {
    written.output += content;
  } else if (content === undefined || content === null) {
    message['content'] = null;
  } else {
    const normalized = normalizeContent(content);
    message['content'] = normalized.text;
    written.output += normalized.text;
    if (normalized.reasoning !== '') message['reasoning_content'] = normalized.reasoning;
    written.reasoning += normalized.reasoning;
  }
  const thought =
    typeof reasoningContent === 'string' && reasoningContent !== '' ? reasoningContent : reasoning;
  if (typeof thought === 'string') written.reasoning += thought;
  if (typeof refusal === 'string') written.output += refusal;
  readToolCalls(message, answerId, choice, written);
  const functionCall = message['function_call'];
  if (isRecord(functionCall)) {
    if (functionCall['name'])
      written.output += textOf(functionCall['name']) + textOf(functionCall['arguments']);
    else delete message['function_call'];
  }
}

function readToolCalls(
  message: Record<string, unknown>,
  answerId: string,
  choice: number,
  written: Written,
): void {
  const calls = recordsOf(message['tool_calls']).filter((call) => callBody(call) !== null);
  if (calls.length === 0) {
    if (message['tool_calls'] !== undefined) delete message['tool_calls'];
    return;
  }
  message['tool_calls'] = calls;
  const ids = new Set<string>();
  for (const [index, call] of calls.entries()) {
    const isCustom = isRecord(call['custom']);
    const id = textOf(call['id']);
    if (id === '') call['id'] = `call_${answerId}_${choice}_${index}`;
    // Clients keep results by it.
    else if (ids.has(id)) call['id'] = `${id}_${index}`;
    ids.add(id);
    call['type'] = isCustom ? 'custom' : 'function';
    const body = callBody(call) ?? {};
    const field = isCustom ? 'input' : 'arguments';
    const value = body[field];
    body['name'] = textOf(body['name']);
    if (value === undefined || value === null || value === '') body[field] = isCustom ? '' : '{}';
    else if (typeof value !== 'string') body[field] = JSON.stringify(value);
    written.output += textOf(body['name']) + textOf(body[field]);
  }
}

function callBody({ function: called, custom }: Record<string, unknown>): Record<string, unknown> | null {
  if (isRecord(custom)) return custom;
  return isRecord(called) ? called : null;
}

/** An explicit null says "none" to some clients and stays. */
function dropUnlessNull(message: Record<string, unknown>, field: string): void {
  if (message[field] !== null && message[field] !== undefined) delete message[field];
}

function readFinish(choice: Record<string, unknown>): { reason: FinishReason; native: string | null } {
  const finish = readFinishReason(choice['finish_reason']);
  const message = choice['message'];
  const hasCalls = isRecord(message) && message['tool_calls'] !== undefined;
  const reason = reasonWithCalls(finish?.reason ?? 'stop', hasCalls);
  const native = choice['native_finish_reason'];
  const nativeText = typeof native === 'string' && native !== '' ? native : (finish?.native ?? null);
  choice['finish_reason'] = reason;
  if (finish !== null && finish.native !== reason) choice['native_finish_reason'] ??= finish.native;
  return { reason, native: nativeText };
}

function hasMedia(choices: readonly unknown[]): boolean {
  return choices.some((choice) => {
    const message = isRecord(choice) ? choice['message'] : null;
    if (!isRecord(message)) return false;
    const { audio, images } = message;
    return (isRecord(audio) && Boolean(audio['data'])) || (Array.isArray(images) && images.length > 0);
  });
}

/** Guarantee: object, choices, messages and finish reasons have just been put right. */
function asAnswer(value: Record<string, unknown>): ChatAnswer {
  return value as unknown as ChatAnswer;
}
