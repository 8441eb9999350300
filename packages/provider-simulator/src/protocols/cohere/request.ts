import type { OutputFormat, Prompt, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { type CohereTurn, parseTurns } from './messages.js';

const PRIMING_TOKENS = 3;
const MOST_STOPS = 5;
const MEMBERS = [
  ...['model', 'messages', 'stream', 'tools', 'strict_tools', 'tool_choice', 'documents', 'citation_options'],
  ...['response_format', 'safety_mode', 'max_tokens', 'stop_sequences', 'temperature', 'seed', 'thinking'],
  ...['frequency_penalty', 'presence_penalty', 'k', 'p', 'logprobs', 'priority'],
];

/** Reads a chat request. https://docs.cohere.com/reference/chat */
export function parseChat(raw: unknown, offer: ModelOffer): Prompt {
  const body = Fields.of(raw, []);
  const stranger = Object.keys(raw as object).find((key) => !MEMBERS.includes(key));
  if (stranger !== undefined)
    refuse([], 'unsupported', `unknown field: parameter '${stranger}' is not valid.`);
  const model = body.requiredString('model');
  const turns = parseTurns(body);
  const { tools, segments } = parseTools(body, offer);
  checkSampling(body);
  const hasImages = turns.some((turn) => turn.hasImages);
  if (hasImages && offer.vision === false)
    refuse([], 'unsupported', `image content is not supported by the model '${model}'`);
  const users = turns.filter(({ role }) => role === 'user');
  const last = turns.at(-1);
  return {
    model,
    segments: [...segments, ...turns.map(({ segment }) => segment)],
    primingTokens: PRIMING_TOKENS,
    firstUserText: users[0]?.text ?? '',
    lastUserText: users.at(-1)?.text ?? '',
    turns: turns.flatMap(({ role, text }) => (role === 'user' || role === 'assistant' ? { role, text } : [])),
    toolResults: closingResults(turns),
    assistantTurns: turns.filter(({ role }) => role === 'assistant').length,
    prefill: last?.role === 'assistant' ? last.text : undefined,
    hasImages,
    tools,
    toolChoice: parseToolChoice(body),
    parallelToolCalls: true,
    format: parseFormat(body, tools),
    stop: body.strings('stop_sequences', MOST_STOPS),
    maxOutputTokens: parseLimit(body, offer),
    choices: 1,
    stream: body.boolean('stream') ?? false,
    includeUsage: true,
    reasoning: parseThinking(body, model, offer),
    seed: `${body.number('seed', { least: 0, whole: true }) ?? ''}\n${turns.map(({ segment }) => segment.material).join('\n')}`,
  };
}

function checkSampling(body: Fields): void {
  body.number('temperature', { least: 0, most: 1 });
  body.number('p', { least: 0.01, most: 0.99 });
  body.number('k', { least: 0, most: 500, whole: true });
  const frequency = body.number('frequency_penalty', { least: 0, most: 1 }) ?? 0;
  const presence = body.number('presence_penalty', { least: 0, most: 1 }) ?? 0;
  if (frequency > 0 && presence > 0)
    refuse([], 'unsupported', 'cannot specify both frequency_penalty and presence_penalty.');
  body.oneOf('safety_mode', ['CONTEXTUAL', 'STRICT', 'OFF', 'NONE']);
  body.list('documents');
  body.object('citation_options');
}

function closingResults(turns: readonly CohereTurn[]): string[] {
  const from = turns.findLastIndex(({ role }) => role !== 'tool');
  return turns.slice(from + 1).map(({ text }) => text);
}

function parseTools(body: Fields, offer: ModelOffer): { tools: ToolSpec[]; segments: PromptSegment[] } {
  const list = body.list('tools') ?? [];
  if (list.length > 0 && offer.tools === false)
    refuse([], 'unsupported', 'tool use is not supported by this model');
  const isStrict = body.boolean('strict_tools') ?? false;
  const tools: ToolSpec[] = [];
  const segments = list.map((value, index): PromptSegment => {
    const tool = Fields.of(value, ['tools', index]);
    tool.required('type');
    tool.oneOf('type', ['function']);
    const spec = tool.requiredObject('function');
    const parameters = spec.object('parameters');
    if (isStrict && (parameters?.list('required') ?? []).length === 0)
      refuse([], 'unsupported', 'tools must have at least one required parameter when strict_tools is set');
    tools.push({ name: spec.requiredString('name'), schema: spec.raw('parameters') ?? {} });
    const material = JSON.stringify(value);
    return { material, tokens: countTokens(material) };
  });
  return { tools, segments };
}

function parseToolChoice(body: Fields): ToolChoice {
  const choice = body.oneOf('tool_choice', ['REQUIRED', 'NONE']);
  if (choice !== undefined && !body.has('tools'))
    refuse([], 'unsupported', 'tool_choice requires tools to be specified');
  if (choice === undefined) return { kind: 'auto' };
  return { kind: choice === 'NONE' ? 'none' : 'required' };
}

function parseFormat(body: Fields, tools: readonly ToolSpec[]): OutputFormat {
  const format = body.object('response_format');
  format?.required('type');
  if (format?.oneOf('type', ['text', 'json_object']) !== 'json_object') return { kind: 'text' };
  if (tools.length > 0 || body.has('documents'))
    refuse([], 'unsupported', 'response_format is not supported with RAG or tools.');
  const schema = format.object('json_schema') ?? format.object('schema');
  if (schema === undefined) return { kind: 'json_object' };
  if (schema.string('type') !== 'object' || (schema.list('required') ?? []).length === 0)
    refuse([], 'unsupported', 'the JSON schema must be an object with at least one required field');
  return { kind: 'json_schema', schema: format.raw('json_schema') ?? format.raw('schema') };
}

function parseLimit(body: Fields, offer: ModelOffer): number | undefined {
  const limit = body.number('max_tokens', { least: 1, whole: true });
  const most = offer.maxOutputTokens;
  if (limit !== undefined && most !== undefined && limit > most)
    refuse(
      [],
      'unsupported',
      `too many tokens: max tokens must be less than or equal to ${most}, the maximum output for this model - received ${limit}.`,
    );
  return limit;
}

/** https://docs.cohere.com/docs/reasoning */
function parseThinking(body: Fields, model: string, offer: ModelOffer): Prompt['reasoning'] {
  const thinking = body.object('thinking');
  if (thinking === undefined) return 'default';
  if (offer.reasoning === false)
    refuse([], 'unsupported', `thinking is not supported by the model '${model}'`);
  thinking.number('token_budget', { least: 1, whole: true });
  thinking.required('type');
  return thinking.oneOf('type', ['enabled', 'disabled']) === 'disabled' ? 'off' : 'on';
}
