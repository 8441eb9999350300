import type { OutputFormat, Prompt, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import type { Target } from '../protocol.js';
import { Fields } from '../read-fields.js';
import { parseBlocks } from './blocks.js';
import { parseMessages, segmentsOf } from './messages.js';
import { type ModelRules, rulesOf } from './model-rules.js';

const PRIMING_TOKENS = 3;
const MOST_POINTS = 4;
const MOST_STOPS = 2_500;
const MEMBERS = [
  ...['messages', 'system', 'inferenceConfig', 'toolConfig', 'guardrailConfig', 'outputConfig'],
  ...['additionalModelRequestFields', 'additionalModelResponseFieldPaths', 'promptVariables'],
  ...['requestMetadata', 'performanceConfig', 'serviceTier'],
];

/**
 * Reads a Converse request. Members that Amazon does not know are refused here, though it may read over some.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function parseConverse(raw: unknown, offer: ModelOffer, { model, stream }: Target): Prompt {
  const body = Fields.of(raw, []);
  const rules = rulesOf(model);
  checkKeys(raw as object, MEMBERS);
  const { tools, segments: toolSegments, choice } = parseTools(body, offer, rules);
  const messages = parseMessages(body, rules, tools.length > 0);
  const system = parseBlocks(body.list('system') ?? [], ['system'], 'system', rules);
  const config = body.object('inferenceConfig') ?? Fields.of({}, ['inferenceConfig']);
  const limit = config.number('maxTokens', { least: 1, whole: true });
  if (limit !== undefined && offer.maxOutputTokens !== undefined && limit > offer.maxOutputTokens)
    refuse(
      ['maxTokens'],
      'unsupported',
      `The maximum tokens you requested exceeds the model limit of ${offer.maxOutputTokens}. Try again with a maximum tokens value that is lower than ${offer.maxOutputTokens}.`,
    );
  const temperature = config.number('temperature', { least: 0, most: 1 });
  config.number('topP', { least: 0, most: 1 });
  const reasoning = parseReasoning(body, { offer, rules, limit, temperature, choice });
  const hasImages = messages.some(({ blocks }) => blocks.some(({ kind }) => kind === 'image'));
  if (hasImages && offer.vision === false)
    refuse(
      ['messages'],
      'unsupported',
      "This model doesn't support the image content block that you provided. Update the content block and try again.",
    );
  const segments = [
    ...toolSegments,
    ...segmentsOf('system', system),
    ...messages.flatMap(({ role, blocks }) => segmentsOf(role, blocks)),
  ];
  if (segments.filter(({ mark }) => mark !== undefined).length > MOST_POINTS)
    refuse([], 'unsupported', `You have exceeded the maximum number of cachePoint blocks, ${MOST_POINTS}.`);
  const users = messages.filter(({ role, text }) => role === 'user' && text !== '');
  const last = messages.at(-1);
  return {
    model,
    segments,
    primingTokens: PRIMING_TOKENS,
    firstUserText: users[0]?.text ?? '',
    lastUserText: users.at(-1)?.text ?? '',
    toolResults: (last?.blocks ?? []).filter(({ kind }) => kind === 'toolResult').map(({ text }) => text),
    assistantTurns: messages.filter(({ role }) => role === 'assistant').length,
    prefill: last?.role === 'assistant' ? last.text : undefined,
    turns: messages.map(({ role, text }) => ({ role, text })),
    hasImages,
    tools,
    toolChoice: choice,
    parallelToolCalls: true,
    format: parseFormat(body),
    stop: config.strings('stopSequences', MOST_STOPS),
    maxOutputTokens: limit,
    choices: 1,
    stream,
    includeUsage: true,
    reasoning,
    seed: segments.map(({ material }) => material).join('\n'),
  };
}

function checkKeys(value: object, known: readonly string[]): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined)
    refuse(
      [],
      'unsupported',
      `The model returned the following errors: Malformed input request: #: extraneous key [${stranger}] is not permitted, please reformat your input and try again.`,
    );
}

interface Wished {
  readonly offer: ModelOffer;
  readonly rules: ModelRules;
  readonly limit: number | undefined;
  readonly temperature: number | undefined;
  readonly choice: ToolChoice;
}

/** Claude thinks when it is told to; others that can reason do as they are used to. */
function parseReasoning(
  body: Fields,
  { offer, rules, limit, temperature, choice }: Wished,
): Prompt['reasoning'] {
  const fields = body.object('additionalModelRequestFields');
  if (fields) checkKeys(body.raw('additionalModelRequestFields') as object, rules.fields);
  fields?.number('top_k', { least: 0, whole: true });
  if (fields?.has('reasoning_effort')) fields.oneOf('reasoning_effort', ['low', 'medium', 'high']);
  if (fields?.has('reasoning_config')) fields.oneOf('reasoning_config', ['low', 'high']);
  if (!rules.isClaude) return offer.reasoning === false ? 'off' : 'default';
  const thinking = fields?.object('thinking');
  const type = thinking?.oneOf('type', ['enabled', 'disabled', 'adaptive']);
  if (thinking === undefined || type === 'disabled') return 'off';
  const refused = (sentence: string) =>
    refuse([], 'unsupported', `The model returned the following errors: ${sentence}`);
  if (offer.reasoning === false) refused('thinking: this model does not support thinking');
  if (choice.kind === 'required' || choice.kind === 'named')
    refused('Thinking may not be enabled when tool_choice forces tool use.');
  if (temperature !== undefined && temperature !== 1)
    refused('`temperature` may only be set to 1 when thinking is enabled.');
  if (type === 'enabled') {
    const budget = thinking.number('budget_tokens', { least: 1_024, whole: true }) ?? 0;
    if (limit !== undefined && budget >= limit)
      refused('`max_tokens` must be greater than `thinking.budget_tokens`.');
  }
  return 'on';
}

function parseTools(
  body: Fields,
  offer: ModelOffer,
  rules: ModelRules,
): { tools: ToolSpec[]; segments: PromptSegment[]; choice: ToolChoice } {
  const config = body.object('toolConfig');
  if (config === undefined) return { tools: [], segments: [], choice: { kind: 'auto' } };
  const list = config.list('tools') ?? [];
  if (list.length === 0)
    refuse(
      config.at('tools'),
      'unsupported',
      "1 validation error detected: Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  if (offer.tools === false) refuse(['toolConfig'], 'unsupported', "This model doesn't support tool use.");
  const tools: ToolSpec[] = [];
  const segments: PromptSegment[] = [];
  list.forEach((value, index) => {
    const fields = Fields.of(value, [...config.at('tools'), index]);
    if (fields.has('cachePoint')) {
      const last = segments.at(-1);
      if (last === undefined || !rules.isClaude)
        refuse(fields.path, 'unsupported', 'A cachePoint is not permitted in the tools of this model.');
      else segments[segments.length - 1] = { ...last, mark: '5m' };
      return;
    }
    const spec = fields.requiredObject('toolSpec');
    const name = spec.requiredString('name');
    if (!/^[a-zA-Z0-9_-]{1,64}$/u.test(name))
      refuse(
        spec.at('name'),
        'unsupported',
        `Value '${name}' at '${spec.at('name').join('.')}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+`,
      );
    if (spec.string('description') === '')
      refuse(spec.at('description'), 'unsupported', 'Member must have length greater than or equal to 1');
    const schema = spec.requiredObject('inputSchema').requiredObject('json');
    if (schema.string('type') !== 'object')
      refuse(
        schema.path,
        'unsupported',
        `The value at ${schema.path.join('.')}.type must be one of the following: object.`,
      );
    tools.push({ name, schema: (spec.raw('inputSchema') as { json: unknown }).json });
    const material = JSON.stringify(value);
    segments.push({ material, tokens: countTokens(material) });
  });
  return { tools, segments, choice: parseChoice(config, tools, rules) };
}

function parseChoice(config: Fields, tools: readonly ToolSpec[], { choices }: ModelRules): ToolChoice {
  const choice = config.object('toolChoice');
  if (choice === undefined || choice.has('auto')) return { kind: 'auto' };
  const kind = choice.has('any') ? 'any' : 'tool';
  if (!choices.includes(kind))
    refuse(
      choice.path,
      'unsupported',
      `This model doesn't support the toolConfig.toolChoice.${kind} field. Remove toolConfig.toolChoice.${kind} and try again.`,
    );
  if (kind === 'any') return { kind: 'required' };
  const name = choice.requiredObject('tool').requiredString('name');
  if (!tools.some((tool) => tool.name === name))
    refuse(choice.path, 'unsupported', `The tool ${name} of toolChoice is not in the tools.`);
  return { kind: 'named', name };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_JsonSchemaDefinition.html */
function parseFormat(body: Fields): OutputFormat {
  const format = body.object('outputConfig')?.object('textFormat');
  if (format === undefined) return { kind: 'text' };
  format.required('type');
  format.oneOf('type', ['json_schema']);
  const definition = format.requiredObject('structure').requiredObject('jsonSchema');
  try {
    return { kind: 'json_schema', schema: JSON.parse(definition.requiredString('schema')) as unknown };
  } catch {
    return refuse(definition.at('schema'), 'unsupported', 'The schema is not JSON.');
  }
}
