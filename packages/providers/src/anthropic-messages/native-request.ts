import { traitsOf } from '../claude/model-traits.js';
import { toClaudeThinking } from '../claude/thinking.js';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { Refusal } from '../refusal.js';
import type { ChatCall, NativeBody } from '../types.js';
import { declaredBetas } from './betas.js';
import { continuesWithoutThinking, type ClaudeMessage } from './messages.js';
import { nativeMessages } from './native-messages.js';
import { nativeObject } from './native-objects.js';

/** Ours and OpenRouter's: they are read here and mean nothing further on. */
const OWN_FIELDS = ['models', 'provider', 'trunkline', 'transforms', 'route', 'session_id', 'usage', 'debug'];

/** Speed has prices of its own, and the models of fallbacks chosen there too; the price book has neither. */
const LEFT_OUT = ['speed', 'fallbacks'];

export interface NativeRequest {
  body: JsonRecord;
  headers: Record<string, string>;
  dropped: string[];
}

/**
 * A Messages request as its client wrote it, for an upstream that speaks Messages: model, stream and limit are the
 * call's, thinking of other makers is left out, and all that is not known here goes on.
 * @throws Refusal for what may not be asked on a shared credential
 */
export function writeNativeRequest(call: ChatCall, native: NativeBody): NativeRequest {
  const body: JsonRecord = { ...native.body, model: call.model };
  const dropped: string[] = [];
  for (const field of OWN_FIELDS) delete body[field];
  if (!call.ownCredential) keepToPlatform(body, dropped);
  delete body['stream'];
  if (call.stream) body['stream'] = true;
  writeLimit(body, call, dropped);
  writeMessages(body, dropped);
  writeThinking(body, call);
  const betas = declaredBetas(native.headers?.['anthropic-beta'] ?? '');
  for (const beta of betas.refused) dropped.push(`anthropic-beta: ${beta}`);
  const headers: Record<string, string> = {};
  if (betas.passed.length > 0) headers['anthropic-beta'] = betas.passed.join(',');
  return { body, headers, dropped };
}

/** What may not be asked, or not be billed, on a credential that tenants share. */
function keepToPlatform(body: JsonRecord, dropped: string[]): void {
  const object = nativeObject(body);
  if (object !== null) throw new Refusal(object, `'${object}' names an object kept at a provider.`);
  const geo = body['inference_geo'] ?? null;
  // Where an answer is made has its own price, and leaving the wish out would break a promise to somebody.
  if (geo !== null && geo !== 'global')
    throw new Refusal('inference_geo', 'Regions cannot be asked for in this way.');
  delete body['inference_geo'];
  for (const field of LEFT_OUT) {
    if ((body[field] ?? null) !== null) dropped.push(field);
    delete body[field];
  }
}

/** A thinking budget is part of the limit and must leave room for the answer. */
function writeLimit(body: JsonRecord, call: ChatCall, dropped: string[]): void {
  const asked = typeof body['max_tokens'] === 'number' ? body['max_tokens'] : Number.POSITIVE_INFINITY;
  const limit = Math.min(
    asked,
    call.outputTokenLimit ?? Number.POSITIVE_INFINITY,
    call.maxOutputTokens ?? Number.POSITIVE_INFINITY,
  );
  if (limit === asked) return;
  body['max_tokens'] = limit;
  dropped.push('max_tokens');
  const { thinking } = body;
  if (!isRecord(thinking) || thinking['type'] !== 'enabled' || Number(thinking['budget_tokens']) < limit)
    return;
  dropped.push('thinking');
  if (limit <= MIN_BUDGET_TOKENS) delete body['thinking'];
  else body['thinking'] = { ...thinking, budget_tokens: limit - 1 };
}

/** https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
const MIN_BUDGET_TOKENS = 1024;

function writeMessages(body: JsonRecord, dropped: string[]): void {
  if (!Array.isArray(body['messages'])) return;
  const { messages, hasForeignThinking } = nativeMessages(body['messages']);
  body['messages'] = messages;
  if (!hasForeignThinking) return;
  dropped.push('reasoning_details');
  const { thinking } = body;
  const hasBudget = isRecord(thinking) && thinking['type'] === 'enabled';
  if (!hasBudget || !continuesWithoutThinking(asMessages(messages))) return;
  // With a budget, a turn that goes on after results must begin with its thinking, which is another maker's.
  delete body['thinking'];
  dropped.push('thinking');
}

/** What `:thinking` behind the model's name asks for, where the request itself says nothing of it. */
function writeThinking(body: JsonRecord, call: ChatCall): void {
  const isSaid = (body['thinking'] ?? null) !== null || isRecord(body['output_config']);
  if (isSaid || call.request.reasoning?.enabled !== true) return;
  const choice = isRecord(body['tool_choice']) ? body['tool_choice']['type'] : null;
  const { thinking } = toClaudeThinking({
    request: call.request,
    traits: traitsOf(call.model),
    maxTokens: Number(body['max_tokens'] ?? 0),
    isToolForced: choice === 'any' || choice === 'tool',
    continuesWithoutThinking: Array.isArray(body['messages'])
      ? continuesWithoutThinking(asMessages(body['messages'] as unknown[]))
      : false,
  });
  if (thinking) body['thinking'] = thinking;
}

/** Guarantee: the door has checked roles and contents, and these are the same but for what was left out. */
function asMessages(messages: unknown[]): ClaudeMessage[] {
  return messages as ClaudeMessage[];
}
