import type { OutputFormat, Prompt, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import type { ProviderProfile } from '../../providers/profiles.js';
import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { type ChatMessage, parseMessages } from './messages.js';
import { parseReasoning } from './reasoning.js';

// An answer is primed with `<|start|>assistant<|message|>`.
const PRIMING_TOKENS = 3;

/** Reads a chat completions request. Parameters: https://platform.openai.com/docs/api-reference/chat/create */
export function parseChat(raw: unknown, offer: ModelOffer, profile: ProviderProfile): Prompt {
  const body = Fields.of(raw, []);
  const model = body.requiredString('model');
  const messages = parseMessages(body);
  checkSampling(body);
  const { tools, segments: toolSegments } = parseTools(body, offer);
  const stream = body.boolean('stream') ?? false;
  const streamOptions = body.object('stream_options');
  if (streamOptions !== undefined && !stream) {
    refuse(
      ['stream_options'],
      'unsupported',
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    );
  }
  const hasImages = messages.some((message) => message.hasImages);
  if (hasImages && offer.vision === false)
    refuse(['messages'], 'unsupported', `The model '${model}' does not take image inputs.`);
  const last = messages.at(-1);
  return {
    model,
    segments: [...toolSegments, ...messages.map((message) => message.segment)],
    primingTokens: PRIMING_TOKENS,
    firstUserText: messages.find((message) => message.role === 'user')?.text ?? '',
    lastUserText: messages.findLast((message) => message.role === 'user')?.text ?? '',
    turns: messages.flatMap(({ role, text }) =>
      role === 'user' || role === 'assistant' ? { role, text } : [],
    ),
    toolResults: closingToolResults(messages),
    assistantTurns: messages.filter((message) => message.role === 'assistant').length,
    prefill: last?.role === 'assistant' ? last.text : undefined,
    hasImages,
    tools,
    toolChoice: parseToolChoice(body, tools),
    parallelToolCalls: body.boolean('parallel_tool_calls') ?? true,
    format: parseFormat(body, messages),
    stop: body.strings('stop', 4),
    maxOutputTokens: parseLimit(body, model, offer, profile),
    choices: body.number('n', { least: 1, most: 128, whole: true }) ?? 1,
    stream,
    includeUsage: streamOptions?.boolean('include_usage') ?? false,
    reasoning: parseReasoning(body, offer),
    seed: `${body.number('seed', { whole: true }) ?? ''}\n${messages.map((message) => message.segment.material).join('\n')}`,
  };
}

function checkSampling(body: Fields): void {
  body.number('temperature', { least: 0, most: 2 });
  body.number('top_p', { least: 0, most: 1 });
  body.number('presence_penalty', { least: -2, most: 2 });
  body.number('frequency_penalty', { least: -2, most: 2 });
  body.number('top_logprobs', { least: 0, most: 20, whole: true });
  body.boolean('logprobs');
  body.object('logit_bias');
  body.string('user');
}

function closingToolResults(messages: readonly ChatMessage[]): string[] {
  const from = messages.findLastIndex((message) => message.role !== 'tool' && message.role !== 'function');
  return messages.slice(from + 1).map((message) => message.text);
}

function parseTools(body: Fields, offer: ModelOffer): { tools: ToolSpec[]; segments: PromptSegment[] } {
  const list = body.list('tools') ?? [];
  if (list.length > 0 && offer.tools === false)
    refuse(['tools'], 'unsupported', 'tools is not supported in this model.');
  if (list.length > 128) refuse(['tools'], 'range', '0..128', list.length);
  const tools: ToolSpec[] = [];
  const segments = list.map((value, index): PromptSegment => {
    const tool = Fields.of(value, ['tools', index]);
    const material = JSON.stringify(value);
    if (tool.requiredString('type') === 'function') {
      const spec = tool.requiredObject('function');
      const name = spec.requiredString('name');
      if (!/^[\w-]{1,64}$/u.test(name))
        refuse(spec.at('name'), 'value', 'a name of letters, digits, _ and -', name);
      tools.push({
        name,
        schema: spec.has('parameters') ? spec.requiredObject('parameters') && spec.raw('parameters') : {},
      });
    }
    return { material, tokens: countTokens(material) };
  });
  return { tools, segments };
}

function parseToolChoice(body: Fields, tools: readonly ToolSpec[]): ToolChoice {
  const choice = body.raw('tool_choice');
  if (choice === undefined) return { kind: 'auto' };
  if (!body.has('tools') && choice !== 'none') {
    refuse(
      ['tool_choice'],
      'unsupported',
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
    );
  }
  if (typeof choice === 'string') {
    return { kind: body.oneOf('tool_choice', ['none', 'auto', 'required']) ?? 'auto' };
  }
  const fields = body.requiredObject('tool_choice');
  if (fields.requiredString('type') === 'allowed_tools') return { kind: 'auto' };
  const name = fields.requiredObject('function').requiredString('name');
  if (!tools.some((tool) => tool.name === name)) {
    refuse(['tool_choice'], 'unsupported', `Tool choice '${name}' not found in 'tools' parameter.`);
  }
  return { kind: 'named', name };
}

function parseFormat(body: Fields, messages: readonly ChatMessage[]): OutputFormat {
  const format = body.object('response_format');
  if (format === undefined) return { kind: 'text' };
  format.required('type');
  const kind = format.oneOf('type', ['text', 'json_object', 'json_schema']) ?? 'text';
  if (kind === 'json_object' && !messages.some((message) => /json/iu.test(message.text))) {
    refuse(
      ['messages'],
      'unsupported',
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (kind !== 'json_schema') return { kind };
  const schema = format.requiredObject('json_schema');
  schema.requiredString('name');
  return { kind, schema: schema.raw('schema') ?? {} };
}

function parseLimit(
  body: Fields,
  model: string,
  offer: ModelOffer,
  profile: ProviderProfile,
): number | undefined {
  const older = body.number('max_tokens', { least: 1, whole: true });
  const newer = body.number('max_completion_tokens', { least: 1, whole: true });
  if (older !== undefined && profile.refusesMaxTokens && offer.reasoning === true) {
    refuse(
      ['max_tokens'],
      'unsupported',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  }
  const limit = newer ?? older;
  if (limit !== undefined && offer.maxOutputTokens !== undefined && limit > offer.maxOutputTokens) {
    const param = newer === undefined ? 'max_tokens' : 'max_completion_tokens';
    refuse(
      [param],
      'unsupported',
      `${param} is too large: ${limit}. The model ${model} supports at most ${offer.maxOutputTokens} completion tokens.`,
    );
  }
  return limit;
}
