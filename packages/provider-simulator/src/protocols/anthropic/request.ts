import type { OutputFormat, Prompt, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { parseBlocks, readMark } from './blocks.js';
import { type Message, parseMessages, segmentsOf } from './messages.js';

const PRIMING_TOKENS = 3;
const MOST_MARKS = 4;

/** Reads a Messages request. `max_tokens` may be absent for a token count alone. */
export function parseMessagesRequest(raw: unknown, offer: ModelOffer): Prompt {
  const body = Fields.of(raw, []);
  const model = body.requiredString('model');
  const messages = parseMessages(body);
  const system = body.has('system') ? parseBlocks(body, 'system', 'system') : [];
  const { tools, segments: toolSegments } = parseTools(body, offer);
  const limit = parseLimit(body, model, offer);
  const thinking = parseThinking(body, offer, limit);
  checkSampling(body);
  const hasImages = messages.some((message) => message.blocks.some((block) => block.hasImages));
  if (hasImages && offer.vision === false)
    refuse(['messages'], 'unsupported', `${model} does not support image input`);
  const last = messages.at(-1);
  const { choice, parallel } = parseToolChoice(body, tools, thinking);
  const segments = [
    ...toolSegments,
    ...(system.length > 0 ? segmentsOf('system', system) : []),
    ...messages.flatMap((message) => segmentsOf(message.role, message.blocks)),
  ];
  return {
    model,
    segments: checkMarks(markLast(segments, body)),
    primingTokens: PRIMING_TOKENS,
    firstUserText: messages.find((message) => message.role === 'user')?.text ?? '',
    lastUserText: messages.findLast((message) => message.role === 'user' && message.text !== '')?.text ?? '',
    turns: messages.flatMap(({ role, text }) => (role === 'system' ? [] : { role, text })),
    toolResults: closingToolResults(last),
    assistantTurns: messages.filter((message) => message.role === 'assistant').length,
    prefill: last?.role === 'assistant' ? last.text : undefined,
    hasImages,
    tools,
    toolChoice: choice,
    parallelToolCalls: parallel,
    format: parseFormat(body),
    stop: body.strings('stop_sequences', 8_191),
    maxOutputTokens: limit,
    choices: 1,
    stream: body.boolean('stream') ?? false,
    includeUsage: true,
    reasoning: thinking,
    seed: segments.map((segment) => segment.material).join('\n'),
  };
}

function checkSampling(body: Fields): void {
  body.number('temperature', { least: 0, most: 1 });
  body.number('top_p', { least: 0, most: 1 });
  body.number('top_k', { least: 0, whole: true });
  body.object('metadata')?.string('user_id');
}

function closingToolResults(last: Message | undefined): string[] {
  return (last?.blocks ?? []).filter((block) => block.type === 'tool_result').map((block) => block.text);
}

function parseLimit(body: Fields, model: string, offer: ModelOffer): number | undefined {
  const limit = body.number('max_tokens', { least: 1, whole: true });
  if (limit !== undefined && offer.maxOutputTokens !== undefined && limit > offer.maxOutputTokens) {
    refuse(
      ['max_tokens'],
      'unsupported',
      `${limit} > ${offer.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model}`,
    );
  }
  return limit;
}

function parseThinking(body: Fields, offer: ModelOffer, limit: number | undefined): Prompt['reasoning'] {
  const thinking = body.object('thinking');
  if (thinking === undefined) return 'off';
  thinking.required('type');
  const type = thinking.oneOf('type', ['enabled', 'disabled', 'adaptive', 'between_tools']);
  if (type === 'disabled') return 'off';
  if (offer.reasoning === false) refuse(['thinking'], 'unsupported', 'this model does not support thinking');
  if (type === 'enabled') {
    thinking.required('budget_tokens');
    const budget = thinking.number('budget_tokens', { least: 1_024, whole: true }) ?? 0;
    if (limit !== undefined && budget >= limit)
      refuse(['max_tokens'], 'unsupported', '`max_tokens` must be greater than `thinking.budget_tokens`');
  }
  return 'on';
}

function parseTools(body: Fields, offer: ModelOffer): { tools: ToolSpec[]; segments: PromptSegment[] } {
  const list = body.list('tools') ?? [];
  if (list.length > 0 && offer.tools === false)
    refuse(['tools'], 'unsupported', 'this model does not support tools');
  const tools: ToolSpec[] = [];
  const segments = list.map((value, index): PromptSegment => {
    const tool = Fields.of(value, ['tools', index]);
    const name = tool.requiredString('name');
    if (!/^[\w-]{1,128}$/u.test(name))
      refuse(tool.at('name'), 'unsupported', "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
    // A tool with a type of its own runs at the provider; only the client's tools are called.
    if ((tool.string('type') ?? 'custom') === 'custom')
      tools.push({ name, schema: tool.requiredObject('input_schema') && tool.raw('input_schema') });
    const mark = readMark(tool);
    const material = JSON.stringify(value);
    return { material, tokens: countTokens(material), ...(mark === undefined ? {} : { mark }) };
  });
  return { tools, segments };
}

function parseToolChoice(
  body: Fields,
  tools: readonly ToolSpec[],
  thinking: Prompt['reasoning'],
): { choice: ToolChoice; parallel: boolean } {
  const fields = body.object('tool_choice');
  if (fields === undefined) return { choice: { kind: 'auto' }, parallel: true };
  fields.required('type');
  const type = fields.oneOf('type', ['auto', 'any', 'tool', 'none']) ?? 'auto';
  const parallel = fields.boolean('disable_parallel_tool_use') !== true;
  if (thinking === 'on' && (type === 'any' || type === 'tool'))
    refuse([], 'unsupported', 'Thinking may not be enabled when tool_choice forces tool use.');
  if (type === 'any') return { choice: { kind: 'required' }, parallel };
  if (type !== 'tool') return { choice: { kind: type }, parallel };
  const name = fields.requiredString('name');
  if (!tools.some((tool) => tool.name === name))
    refuse(['tool_choice'], 'unsupported', `Tool '${name}' not found in provided tools`);
  return { choice: { kind: 'named', name }, parallel };
}

function parseFormat(body: Fields): OutputFormat {
  const format = body.object('output_config')?.object('format') ?? body.object('output_format');
  if (format === undefined) return { kind: 'text' };
  format.required('type');
  format.oneOf('type', ['json_schema']);
  return { kind: 'json_schema', schema: format.requiredObject('schema') && format.raw('schema') };
}

/** A `cache_control` of the request itself marks the last block. */
function markLast(segments: readonly PromptSegment[], body: Fields): readonly PromptSegment[] {
  const mark = readMark(body);
  return mark === undefined
    ? segments
    : segments.map((segment, index) => (index === segments.length - 1 ? { ...segment, mark } : segment));
}

function checkMarks(segments: readonly PromptSegment[]): readonly PromptSegment[] {
  const marks = segments.filter((segment) => segment.mark !== undefined).length;
  if (marks > MOST_MARKS)
    refuse(
      [],
      'unsupported',
      `A maximum of ${MOST_MARKS} blocks with cache_control may be provided. Found ${marks}.`,
    );
  return segments;
}
