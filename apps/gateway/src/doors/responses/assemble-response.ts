import type { AnswerFacts, AnswerNames } from '../chat-door.js';
import { endingFields, type JsonObject } from './print/response-object.js';

/** The answer as a response, put together from the frames that went out; a text that broke off as far as it came. */
export function assembleResponse(
  sent: string,
  facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>,
): unknown {
  const items = new Map<number, unknown>();
  let openText = '';
  for (const line of sent.split('\n')) {
    const frame = line.startsWith('data: {') ? parsed(line.slice(6)) : null;
    if (frame?.['type'] === 'response.output_text.delta') openText += String(frame['delta']);
    if (frame?.['type'] !== 'response.output_item.done') continue;
    items.set(Number(frame['output_index']), frame['item']);
    if ((frame['item'] as JsonObject | undefined)?.['type'] === 'message') openText = '';
  }
  const output = [...items].sort(([left], [right]) => left - right).map(([, item]) => item);
  if (openText !== '')
    output.push({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: openText }] });
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdSeconds,
    ...endingFields(facts.finishReason),
    model: facts.model,
    output,
  };
}

function parsed(json: string): JsonObject | null {
  try {
    return JSON.parse(json) as JsonObject;
  } catch {
    // The log keeps the beginning of a long answer: its last frame may be cut.
    return null;
  }
}
