import { type ChatRequest, type CompletionsRequest } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';

/** Fields that chat has under other names, or not at all. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['prompt', 'suffix', 'echo', 'best_of', 'logprobs']);

/**
 * A completion as a chat of one message. What chat cannot say is refused, since leaving it out would answer something
 * else.
 * @throws AppError 400 that names the field
 */
export function chatRequestOf(request: CompletionsRequest): ChatRequest {
  const { best_of: bestOf, logprobs, n } = request;
  if (request.suffix) throw cannot('suffix', 'Text cannot be filled in before a suffix here.');
  if (bestOf !== null && bestOf !== undefined && bestOf > (n ?? 1))
    throw cannot('best_of', 'Of several answers none can be chosen here: best_of may not be more than n.');
  if (request.echo && (logprobs ?? null) !== null)
    throw cannot('logprobs', 'The prompt of an echo has no logprobs here.');
  const shared = Object.entries(request).filter(([name]) => !OWN_FIELDS.has(name));
  return {
    ...Object.fromEntries(shared),
    messages: [{ role: 'user', content: promptOf(request) }],
    ...(typeof logprobs === 'number' ? { logprobs: true, top_logprobs: logprobs } : {}),
  };
}

/** The one text that is to be completed. */
export function promptOf({ prompt }: CompletionsRequest): string {
  if (prompt === null || prompt === undefined) {
    throw new AppError('missing_required_parameter', {
      publicMessage: "Missing required parameter: 'prompt'.",
      param: 'prompt',
    });
  }
  if (typeof prompt === 'string') return prompt;
  const [first] = prompt;
  if (typeof first !== 'string') throw cannot('prompt', 'The prompt has to be text and no tokens here.');
  if (prompt.length > 1) throw cannot('prompt', 'Prompts have to be sent one by one here.');
  return first;
}

function cannot(param: string, publicMessage: string): AppError {
  return new AppError('invalid_value', { publicMessage, param });
}
