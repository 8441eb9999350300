import type { AnsweredToolCall, ChatAnswer, ChatEvent, ReasoningDetail } from '@trunkline/contracts';
import type { AnswerFacts, AnswerNames, WholeAnswer } from '../chat-door.js';
import { AnswerBlocks } from './answer-blocks.js';
import { BlockCollector } from './collect-blocks.js';
import { paidUsage } from './message-usage.js';
import { stopOf, type Stop } from './stop-reason.js';

/** A plain answer as a message: as the upstream gave it where it speaks Messages, but for the usage, which is ours. */
export function printMessage(
  whole: WholeAnswer,
  facts: AnswerFacts,
  stopSequences: readonly string[],
): string {
  const { native, nativeFinishReason } = whole;
  const usage = paidUsage(facts.usage, facts.usageObject);
  if (native !== null) {
    const own = JSON.parse(native) as Record<string, unknown>;
    return JSON.stringify({ ...own, usage, ...facts.additions });
  }
  const { content, refusal } = contentOf(whole);
  const { finishReason: reason } = facts;
  return JSON.stringify({
    id: facts.id,
    type: 'message',
    role: 'assistant',
    model: facts.model,
    content,
    ...stopOf({ reason, native: nativeFinishReason, refusal, stopSequences }),
    usage,
    ...facts.additions,
  });
}

/** What the body log keeps of a streamed message. */
export function assembleMessage(sent: string, { id, model }: AnswerNames, ended: Stop): unknown {
  const collector = new BlockCollector();
  for (const line of sent.split('\n')) {
    if (!line.startsWith('data:') || !line.includes('content_block_')) continue;
    try {
      collector.add(JSON.parse(line.slice(5)) as Record<string, unknown>);
    } catch {
      // A frame that was cut by the bound of what is kept.
    }
  }
  return { id, type: 'message', role: 'assistant', model, content: collector.end(), ...ended };
}

/** The answer told as a stream would tell it, so that both say the same. */
function contentOf({ answer, isExplained = false }: WholeAnswer): { content: unknown[]; refusal: string } {
  const blocks = new AnswerBlocks();
  const collector = new BlockCollector();
  const [choice] = answer.choices;
  for (const event of choice ? eventsOf(choice, isExplained) : [])
    for (const op of blocks.take(event)) collector.add(op);
  for (const op of blocks.end()) collector.add(op);
  return { content: collector.end(), refusal: blocks.refusal };
}

type AnswerChoice = ChatAnswer['choices'][number];

/** The older form of a call, of which there is one, has no id. */
function callsOf({
  tool_calls: calls,
  function_call: older,
}: AnswerChoice['message']): readonly AnsweredToolCall[] {
  if (calls?.length || !older) return calls ?? [];
  return [{ id: 'function_call', type: 'function', function: older }];
}

/** Thinking comes first, but state of a call, which stands before that call. */
function eventsOf({ message }: AnswerChoice, isExplained: boolean): ChatEvent[] {
  const calls = callsOf(message);
  const callIds = new Set(calls.map(({ id }) => id));
  const details = message.reasoning_details ?? [];
  const events: ChatEvent[] = [];
  const ofCall = (detail: ReasoningDetail) => typeof detail.id === 'string' && callIds.has(detail.id);
  for (const detail of details) if (!ofCall(detail)) events.push(...detailEvents(detail));
  if (details.length === 0) {
    const text = message.reasoning_content ?? message.reasoning ?? '';
    events.push({ type: 'reasoning', choice: 0, index: 0, text, format: null });
  }
  events.push({ type: 'text', choice: 0, text: message.content ?? '' });
  if (message.refusal) {
    const refusal: ChatEvent = { type: 'refusal', choice: 0, text: message.refusal };
    events.push(isExplained ? { ...refusal, isExplanation: true } : refusal);
  }
  for (const annotation of message.annotations ?? [])
    events.push({ type: 'annotation', choice: 0, annotation });
  for (const citation of message.citations ?? []) events.push({ type: 'citation', choice: 0, citation });
  for (const [index, call] of calls.entries()) {
    for (const detail of details)
      if (ofCall(detail) && detail.id === call.id) events.push(...detailEvents(detail));
    const kind = call.custom ? 'custom' : 'function';
    const name = call.custom?.name ?? call.function?.name ?? '';
    events.push({ type: 'tool_call_start', choice: 0, index, id: call.id, name, kind });
    const text = call.custom?.input ?? call.function?.arguments ?? '';
    events.push({ type: 'tool_call_arguments', choice: 0, index, text });
  }
  return events;
}

function detailEvents(detail: ReasoningDetail): ChatEvent[] {
  const { index = 0 } = detail;
  const format = detail.format ?? null;
  switch (detail.type) {
    case 'reasoning.text': {
      const text = detail.text ?? '';
      const said: ChatEvent[] = [{ type: 'reasoning', choice: 0, index, text, format }];
      const { signature } = detail;
      if (signature)
        said.push({ type: 'reasoning_signature', choice: 0, index, signature, format: format ?? 'unknown' });
      return said;
    }
    case 'reasoning.summary':
      return [{ type: 'reasoning', choice: 0, index, text: detail.summary, format }];
    case 'reasoning.encrypted': {
      const { data, id = null } = detail;
      return [{ type: 'reasoning_encrypted', choice: 0, index, data, format: format ?? 'unknown', id }];
    }
  }
}
