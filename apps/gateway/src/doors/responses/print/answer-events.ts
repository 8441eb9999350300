import type { ChatAnswer, ChatEvent, ReasoningDetail } from '@trunkline/contracts';

/** A plain answer as the events of a stream, so that both are told alike: thoughts, text, pictures, calls. */
export function answerEvents(answer: ChatAnswer): ChatEvent[] {
  const [choice] = answer.choices;
  if (!choice) return [];
  const { message } = choice;
  const events = reasoningEvents(message.reasoning_details ?? []);
  const thoughts = message.reasoning_content ?? message.reasoning ?? '';
  if (!events.some(({ type }) => type === 'reasoning') && thoughts !== '')
    events.unshift({ type: 'reasoning', choice: 0, index: 0, text: thoughts, format: null });
  if (message.content) events.push({ type: 'text', choice: 0, text: message.content });
  if (choice['logprobs']) events.push({ type: 'logprobs', choice: 0, logprobs: choice['logprobs'] });
  for (const annotation of message.annotations ?? [])
    if (annotation.url_citation) events.push({ type: 'annotation', choice: 0, annotation });
  for (const citation of message.citations ?? []) events.push({ type: 'citation', choice: 0, citation });
  if (message.refusal) events.push({ type: 'refusal', choice: 0, text: message.refusal });
  for (const { image_url: image } of message.images ?? [])
    events.push({ type: 'image', choice: 0, url: image.url });
  const older = message.function_call ? [{ id: 'function_call', function: message.function_call }] : [];
  for (const [index, call] of [...(message.tool_calls ?? []), ...older].entries()) {
    const custom = 'custom' in call ? call.custom : undefined;
    const [name, text] = custom
      ? [custom.name, custom.input]
      : [call.function?.name ?? '', call.function?.arguments ?? ''];
    const kind = custom ? 'custom' : 'function';
    events.push({ type: 'tool_call_start', choice: 0, index, id: call.id, name, kind });
    events.push({ type: 'tool_call_arguments', choice: 0, index, text });
  }
  return events;
}

function reasoningEvents(details: readonly ReasoningDetail[]): ChatEvent[] {
  const events: ChatEvent[] = [];
  for (const [position, detail] of details.entries()) {
    const index = detail.index ?? position;
    const format = detail.format ?? null;
    if (detail.type === 'reasoning.encrypted') {
      const id = detail.id ?? null;
      events.push({
        type: 'reasoning_encrypted',
        choice: 0,
        index,
        data: detail.data,
        format: format ?? '',
        id,
      });
      continue;
    }
    const text = (detail.type === 'reasoning.summary' ? detail.summary : detail.text) ?? '';
    if (text !== '') events.push({ type: 'reasoning', choice: 0, index, text, format });
    if (detail.type === 'reasoning.text' && detail.signature)
      events.push({
        type: 'reasoning_signature',
        choice: 0,
        index,
        signature: detail.signature,
        format: format ?? '',
      });
  }
  return events;
}
