import type { OutputFormat, ToolChoice, ToolSpec } from '../../content/prompt.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import type { ModelOffer } from '../../providers/offers.js';
import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

const TYPES = ['function', 'custom', 'namespace', 'web_search', 'web_search_preview'] as const;

/** https://platform.openai.com/docs/api-reference/responses/create#responses-create-tools */
export function parseTools(
  body: Fields,
  offer: ModelOffer,
): { tools: ToolSpec[]; segments: PromptSegment[] } {
  const list = body.list('tools') ?? [];
  if (list.length > 0 && offer.tools === false)
    refuse(['tools'], 'unsupported', 'tools is not supported in this model.');
  const tools: ToolSpec[] = [];
  const segments = list.map((value, index): PromptSegment => {
    const tool = Fields.of(value, ['tools', index]);
    tool.required('type');
    const type = tool.oneOf('type', TYPES);
    if (type === 'function') {
      const name = tool.requiredString('name');
      if (!/^[\w-]{1,64}$/u.test(name))
        refuse(tool.at('name'), 'value', 'a name of letters, digits, _ and -', name);
      tools.push({ name, schema: tool.requiredObject('parameters') && tool.raw('parameters') });
    }
    if (type === 'custom' || type === 'namespace') tool.requiredString('name');
    const material = JSON.stringify(value);
    return { material, tokens: countTokens(material) };
  });
  return { tools, segments };
}

export function parseToolChoice(body: Fields, tools: readonly ToolSpec[]): ToolChoice {
  const choice = body.raw('tool_choice');
  if (choice === undefined) return { kind: 'auto' };
  if (typeof choice === 'string')
    return { kind: body.oneOf('tool_choice', ['none', 'auto', 'required']) ?? 'auto' };
  const fields = body.requiredObject('tool_choice');
  if (fields.requiredString('type') !== 'function') return { kind: 'auto' };
  const name = fields.requiredString('name');
  if (!tools.some((tool) => tool.name === name))
    refuse(['tool_choice'], 'unsupported', `Tool choice '${name}' not found in 'tools' parameter.`);
  return { kind: 'named', name };
}

/** https://platform.openai.com/docs/api-reference/responses/create#responses-create-text */
export function parseFormat(body: Fields, said: string): OutputFormat {
  const text = body.object('text');
  text?.oneOf('verbosity', ['low', 'medium', 'high']);
  const format = text?.object('format');
  if (format === undefined) return { kind: 'text' };
  format.required('type');
  const kind = format.oneOf('type', ['text', 'json_object', 'json_schema']) ?? 'text';
  if (kind === 'json_object' && !/json/iu.test(said))
    refuse(
      ['input'],
      'unsupported',
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
    );
  if (kind !== 'json_schema') return { kind };
  format.requiredString('name');
  format.requiredObject('schema');
  return { kind, schema: format.raw('schema') };
}
