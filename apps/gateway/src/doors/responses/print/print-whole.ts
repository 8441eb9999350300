import type { AnswerFacts, WholeAnswer } from '../../chat-door.js';
import { answerEvents } from './answer-events.js';
import { carriedBy, objectOf } from './native-output.js';
import type { Output } from './output-items.js';
import { OutputWriter } from './output-writer.js';
import type { ResponsesPrinterInput } from './responses-printer.js';
import { cleanResponse, endingFields, responseUsage, type JsonObject } from './response-object.js';

/** A plain answer as a response: as its upstream gave it where that speaks this dialect, else made of its parts. */
export function wholeResponse(
  whole: WholeAnswer,
  facts: AnswerFacts,
  input: Pick<ResponsesPrinterInput, 'echo' | 'own' | 'toolNames' | 'newId'>,
): JsonObject {
  const base =
    whole.native === null ? translated(whole, facts, input) : forwarded(whole, whole.native, input);
  return { ...base, usage: responseUsage(facts.usageObject), ...facts.additions };
}

function forwarded(
  { answer, finishReason }: WholeAnswer,
  native: string,
  { own }: Pick<ResponsesPrinterInput, 'own'>,
): JsonObject {
  const response = cleanResponse(objectOf(JSON.parse(native)), own);
  const output: unknown[] = Array.isArray(response['output']) ? (response['output'] as unknown[]) : [];
  const events = answerEvents(answer);
  // Clients know the documented words alone.
  const { status } = endingFields(finishReason);
  return { ...response, status, output: output.map((item) => carriedBy(objectOf(item), events)) };
}

function translated(
  { answer, finishReason }: WholeAnswer,
  facts: AnswerFacts,
  { echo, own, toolNames, newId }: Pick<ResponsesPrinterInput, 'echo' | 'own' | 'toolNames' | 'newId'>,
): JsonObject {
  const output: Output = { items: [], newId, say: () => {} };
  const writer = new OutputWriter(output, toolNames);
  for (const event of answerEvents(answer)) writer.take(event);
  const ending = endingFields(finishReason);
  writer.end(ending.status);
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdSeconds,
    model: facts.model,
    ...echo,
    ...own,
    ...ending,
    output: output.items.map((item) => item.json()),
  };
}
