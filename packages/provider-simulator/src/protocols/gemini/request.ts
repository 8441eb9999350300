import type { OutputFormat, Prompt, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import type { Target } from '../protocol.js';
import { Fields } from '../read-fields.js';
import { type Content, parseContent, parseContents } from './contents.js';
import { readSchema } from './schema.js';

const PRIMING_TOKENS = 3;
const MOST_STOPS = 5;
const MEMBERS = [
  ...['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig', 'safetySettings'],
  ...['cachedContent', 'labels', 'serviceTier', 'store'],
];

/** Reads a generateContent request. https://ai.google.dev/api/generate-content */
export function parseGenerate(raw: unknown, offer: ModelOffer, target: Target): Prompt {
  const { model, stream } = target;
  const body = Fields.of(raw, []);
  const stranger = Object.keys(raw as object).find((key) => !MEMBERS.includes(key));
  if (stranger !== undefined)
    refuse(
      [],
      'unsupported',
      `Invalid JSON payload received. Unknown name "${stranger}": Cannot find field.`,
    );
  const isNewest = isThree(model);
  const contents = parseContents(body, isNewest);
  const system = body.has('systemInstruction')
    ? [parseContent(body.raw('systemInstruction'), ['systemInstruction'])]
    : [];
  const { tools, segments: toolSegments } = parseTools(body, offer);
  const config = body.object('generationConfig') ?? Fields.of({}, ['generationConfig']);
  const format = parseFormat(config);
  if (tools.length > 0 && format.kind !== 'text' && !isNewest)
    refuse(
      [],
      'unsupported',
      "Function calling with a response mime type: 'application/json' is unsupported",
    );
  checkSampling(config);
  const hasImages = contents.some((content) => content.hasImages);
  if (hasImages && offer.vision === false)
    refuse(['contents'], 'unsupported', `Image input modality is not enabled for models/${model}`);
  const users = contents.filter(({ role, text }) => role === 'user' && text !== '');
  const last = contents.at(-1);
  return {
    model,
    segments: [...toolSegments, ...system, ...contents].map((one) => ('segment' in one ? one.segment : one)),
    primingTokens: PRIMING_TOKENS,
    firstUserText: users[0]?.text ?? '',
    lastUserText: users.at(-1)?.text ?? '',
    turns: contents.map(({ role, text }) => ({ role: role === 'model' ? 'assistant' : 'user', text })),
    toolResults: last?.results ?? [],
    assistantTurns: contents.filter(({ role }) => role === 'model').length,
    prefill: last?.role === 'model' ? last.text : undefined,
    hasImages,
    tools,
    toolChoice: parseToolChoice(body, tools),
    parallelToolCalls: true,
    format,
    stop: config.strings('stopSequences', MOST_STOPS),
    maxOutputTokens: parseLimit(config, offer),
    choices: config.number('candidateCount', { least: 1, most: 8, whole: true }) ?? 1,
    stream,
    includeUsage: true,
    ...parseThinking(config, model, offer),
    ...parseLogprobs(config, model),
    seed: `${config.number('seed', { whole: true }) ?? ''}\n${contents.map(({ segment }: Content) => segment.material).join('\n')}`,
  };
}

/** Of Gemini 3 and later, which insist on thought signatures and take functions beside a schema. */
export function isThree(model: string): boolean {
  return Number(/^gemini-(\d+)/u.exec(model)?.[1] ?? 0) >= 3;
}

function checkSampling(config: Fields): void {
  config.number('temperature', { least: 0, most: 2 });
  config.number('topP', { least: 0, most: 1 });
  config.number('topK', { least: 1 });
  config.number('presencePenalty', { least: -2, most: 2 });
  config.number('frequencyPenalty', { least: -2, most: 2 });
  config.list('responseModalities');
}

function parseLimit(config: Fields, offer: ModelOffer): number | undefined {
  const most = offer.maxOutputTokens;
  return config.number('maxOutputTokens', {
    least: 1,
    whole: true,
    ...(most === undefined ? {} : { most }),
  });
}

/** https://ai.google.dev/api/generate-content#FIELDS.response_logprobs */
function parseLogprobs(config: Fields, model: string): Pick<Prompt, 'logprobs'> {
  const isAsked = config.boolean('responseLogprobs') ?? false;
  const top = config.number('logprobs', { least: 0, most: 20, whole: true });
  if (!isAsked && top !== undefined)
    refuse(config.at('logprobs'), 'unsupported', 'Logprobs requires response_logprobs to be true.');
  if (isAsked && isThree(model)) refuse([], 'unsupported', `Logprobs is not enabled for models/${model}`);
  return isAsked ? { logprobs: top ?? 0 } : {};
}

/** https://ai.google.dev/gemini-api/docs/thinking */
function parseThinking(
  config: Fields,
  model: string,
  offer: ModelOffer,
): { reasoning: Prompt['reasoning']; showsReasoning: boolean } {
  const thinking = config.object('thinkingConfig');
  if (thinking === undefined) return { reasoning: 'default', showsReasoning: false };
  if (offer.reasoning === false) refuse([], 'unsupported', 'Thinking is not enabled for this model');
  const budget = thinking.number('thinkingBudget', { least: -1, most: 32_768, whole: true });
  const level = thinking
    .oneOf('thinkingLevel', ['minimal', 'low', 'medium', 'high', 'MINIMAL', 'LOW', 'MEDIUM', 'HIGH'])
    ?.toLowerCase();
  if (budget !== undefined && level !== undefined)
    refuse([], 'unsupported', 'You can only set only one of thinking budget and thinking level.');
  if (level !== undefined && !isThree(model))
    refuse([], 'unsupported', 'Thinking level is not supported for this model.');
  const isPro = model.includes('-pro');
  if (isPro && budget === 0)
    refuse([], 'unsupported', 'Budget 0 is invalid. This model only works in thinking mode.');
  if (isPro && level === 'minimal')
    refuse([], 'unsupported', 'Thinking level MINIMAL is not supported for this model.');
  const isOff = budget === 0 || level === 'minimal';
  return { reasoning: isOff ? 'off' : 'on', showsReasoning: thinking.boolean('includeThoughts') ?? false };
}

function parseTools(body: Fields, offer: ModelOffer): { tools: ToolSpec[]; segments: PromptSegment[] } {
  const list = body.list('tools') ?? [];
  const tools: ToolSpec[] = [];
  const segments: PromptSegment[] = [];
  list.forEach((value, index) => {
    const tool = Fields.of(value, ['tools', index]);
    (tool.list('functionDeclarations') ?? []).forEach((declared, at) => {
      const path = [...tool.at('functionDeclarations'), at];
      const declaration = Fields.of(declared, path);
      const name = declaration.requiredString('name');
      if (!/^[A-Za-z_][\w.:-]{0,127}$/u.test(name))
        refuse(declaration.at('name'), 'unsupported', `Invalid function name: ${name}`);
      declaration.string('description');
      const schema = declaration.has('parameters')
        ? readSchema(declaration.raw('parameters'), declaration.at('parameters'))
        : (declaration.raw('parametersJsonSchema') ?? { type: 'object', properties: {} });
      tools.push({ name, schema });
      const material = JSON.stringify(declared);
      segments.push({ material, tokens: countTokens(material) });
    });
  });
  if (tools.length > 0 && offer.tools === false)
    refuse(['tools'], 'unsupported', 'Function calling is not enabled for this model');
  return { tools, segments };
}

function parseToolChoice(body: Fields, tools: readonly ToolSpec[]): ToolChoice {
  const config = body.object('toolConfig')?.object('functionCallingConfig');
  if (config === undefined) return { kind: 'auto' };
  if (tools.length === 0)
    refuse([], 'unsupported', 'Function calling config is set without function_declarations.');
  const mode = config.oneOf('mode', ['AUTO', 'ANY', 'NONE', 'VALIDATED']) ?? 'AUTO';
  const allowed = config.strings('allowedFunctionNames', 128);
  const stranger = allowed.find((name) => !tools.some((tool) => tool.name === name));
  if (stranger !== undefined)
    refuse(
      [],
      'unsupported',
      `Function calling config has an allowed function name that is not declared: ${stranger}`,
    );
  if (allowed.length > 0 && mode !== 'ANY' && mode !== 'VALIDATED')
    refuse([], 'unsupported', 'Allowed function names should only be set when function calling mode is ANY.');
  if (mode === 'NONE') return { kind: 'none' };
  if (mode !== 'ANY') return { kind: 'auto' };
  const [only] = allowed;
  return only !== undefined && allowed.length === 1 ? { kind: 'named', name: only } : { kind: 'required' };
}

function parseFormat(config: Fields): OutputFormat {
  const type = config.string('responseMimeType') ?? 'text/plain';
  const hasSchema = config.has('responseSchema');
  const hasJsonSchema = config.has('responseJsonSchema');
  if (type !== 'application/json') {
    if (hasSchema || hasJsonSchema)
      refuse(
        [],
        'unsupported',
        "Response schema is only supported with response mime type 'application/json'",
      );
    return { kind: 'text' };
  }
  if (hasSchema && hasJsonSchema)
    refuse([], 'unsupported', 'Only one of response_schema and response_json_schema may be set.');
  if (hasSchema) {
    const schema = readSchema(config.raw('responseSchema'), config.at('responseSchema'));
    return { kind: 'json_schema', schema };
  }
  if (hasJsonSchema) return { kind: 'json_schema', schema: config.raw('responseJsonSchema') };
  return { kind: 'json_object' };
}
