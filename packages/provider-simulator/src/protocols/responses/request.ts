import type { Prompt } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { type Item, parseInput } from './items.js';
import { parseFormat, parseTools, parseToolChoice } from './tools.js';

// An answer is primed as in chat.
const PRIMING_TOKENS = 3;

const KNOWN = new Set([
  ...[
    'background',
    'conversation',
    'include',
    'input',
    'instructions',
    'max_output_tokens',
    'max_tool_calls',
  ],
  ...['metadata', 'model', 'parallel_tool_calls', 'previous_response_id', 'prompt', 'prompt_cache_key'],
  ...['prompt_cache_options', 'prompt_cache_retention', 'reasoning', 'safety_identifier', 'service_tier'],
  ...['store', 'stream'],
  ...[
    'stream_options',
    'temperature',
    'text',
    'tool_choice',
    'tools',
    'top_logprobs',
    'top_p',
    'truncation',
    'user',
  ],
]);

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
const SEALED = 'reasoning.encrypted_content';

/** Reads a request for a response. https://platform.openai.com/docs/api-reference/responses/create */
export function parseResponses(raw: unknown, offer: ModelOffer): Prompt {
  const body = Fields.of(raw, []);
  for (const field of Object.keys(raw as object))
    if (!KNOWN.has(field)) refuse([field], 'unsupported', `Unknown parameter: '${field}'.`);
  const model = body.requiredString('model');
  const earlier = body.string('previous_response_id');
  if (earlier !== undefined)
    refuse(['previous_response_id'], 'unsupported', `Previous response with id '${earlier}' not found.`);
  const items = parseInput(body);
  const { tools, segments: toolSegments } = parseTools(body, offer);
  const instructions = body.string('instructions') ?? '';
  const hasImages = items.some((item) => item.hasImages);
  if (hasImages && offer.vision === false)
    refuse(['input'], 'unsupported', `The model '${model}' does not take image inputs.`);
  const reasoning = parseReasoning(body, offer);
  checkSampling(body, reasoning.kind);
  const include = body.strings('include', 20);
  if (include.includes(SEALED) && offer.reasoning === false)
    refuse(['include'], 'unsupported', 'Encrypted content is not supported with this model.');
  const resultsFrom = items.findLastIndex(({ kind }) => kind !== 'result');
  const last = items.at(-1);
  const said = items.map(({ text }) => text).join('\n');
  const system: PromptSegment[] =
    instructions === '' ? [] : [{ material: instructions, tokens: countTokens(instructions) + 4 }];
  return {
    model,
    segments: [...toolSegments, ...system, ...items.map(({ segment }) => segment)],
    primingTokens: PRIMING_TOKENS,
    firstUserText: items.find(({ kind }) => kind === 'user')?.text ?? '',
    lastUserText: items.findLast(({ kind }) => kind === 'user')?.text ?? '',
    turns: items.flatMap(({ kind, text }) =>
      kind === 'user' || kind === 'assistant' ? { role: kind, text } : [],
    ),
    toolResults: items.slice(resultsFrom + 1).map(({ text }) => text),
    assistantTurns: countTurns(items),
    prefill: last?.kind === 'assistant' ? last.text : undefined,
    hasImages,
    tools,
    toolChoice: parseToolChoice(body, tools),
    parallelToolCalls: body.boolean('parallel_tool_calls') ?? true,
    format: parseFormat(body, `${instructions}\n${said}`),
    stop: [],
    maxOutputTokens: parseLimit(body, model, offer),
    choices: 1,
    stream: body.boolean('stream') ?? false,
    includeUsage: true,
    reasoning: reasoning.kind,
    showsReasoning: reasoning.hasSummary,
    sealsReasoning: include.includes(SEALED),
    seed: items.map(({ segment }) => segment.material).join('\n'),
  };
}

function parseReasoning(body: Fields, offer: ModelOffer): { kind: Prompt['reasoning']; hasSummary: boolean } {
  const reasoning = body.object('reasoning');
  const effort = reasoning?.oneOf('effort', EFFORTS);
  const hasSummary = reasoning?.oneOf('summary', ['auto', 'concise', 'detailed']) !== undefined;
  if ((effort !== undefined || hasSummary) && offer.reasoning === false)
    refuse(
      ['reasoning', 'effort'],
      'unsupported',
      "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
    );
  if (effort === undefined) return { kind: 'default', hasSummary };
  return { kind: effort === 'none' ? 'off' : 'on', hasSummary };
}

function checkSampling(body: Fields, reasoning: Prompt['reasoning']): void {
  body.number('temperature', { least: 0, most: 2 });
  body.number('top_p', { least: 0, most: 1 });
  body.boolean('store');
  for (const field of ['temperature', 'top_p'])
    if (reasoning === 'on' && body.has(field))
      refuse([field], 'unsupported', `Unsupported parameter: '${field}' is not supported with this model.`);
}

function parseLimit(body: Fields, model: string, offer: ModelOffer): number | undefined {
  const limit = body.number('max_output_tokens', { least: 16, whole: true });
  if (limit !== undefined && offer.maxOutputTokens !== undefined && limit > offer.maxOutputTokens)
    refuse(
      ['max_output_tokens'],
      'unsupported',
      `max_output_tokens is too large: ${limit}. The model ${model} supports at most ${offer.maxOutputTokens}.`,
    );
  return limit;
}

/** Reasoning, text and calls of one answer are items of their own. */
function countTurns(items: readonly Item[]): number {
  const isAnswer = (item: Item | undefined) =>
    item !== undefined && ['reasoning', 'assistant', 'call'].includes(item.kind);
  return items.filter((item, i) => isAnswer(item) && !isAnswer(items[i - 1])).length;
}
