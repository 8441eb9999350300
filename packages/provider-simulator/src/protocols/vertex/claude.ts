import { anthropic } from '../anthropic/index.js';
import { refuse } from '../native-problem.js';
import type { Protocol } from '../protocol.js';
import { Fields } from '../read-fields.js';
import { promptAlone } from '../anthropic/token-count.js';
import { claudeRefusal } from './errors.js';

/** Messages with the model in the path and the version in the body. https://docs.claude.com/en/api/claude-on-vertex-ai */
export const claudeAtVertex: Omit<Protocol, 'operation' | 'readKey'> = {
  ...anthropic,
  checkHeaders: () => undefined,
  parse: (raw, offer, profile, target) => {
    const body = Fields.of(raw, []);
    if (body.has('model')) refuse(['model'], 'unsupported', 'Extra inputs are not permitted');
    if (body.requiredString('anthropic_version') !== 'vertex-2023-10-16')
      refuse(['anthropic_version'], 'unsupported', 'anthropic_version must be vertex-2023-10-16');
    if ((body.boolean('stream') ?? false) !== target.stream)
      refuse(['stream'], 'unsupported', 'stream does not fit the method');
    if (body.object('output_config')?.has('format') === true)
      refuse(['output_config', 'format'], 'unsupported', 'Extra inputs are not permitted');
    for (const [i, tool] of (body.list('tools') ?? []).entries())
      if (Fields.of(tool, ['tools', i]).has('strict'))
        refuse(['tools', i, 'strict'], 'unsupported', 'Extra inputs are not permitted');
    if (hasAddress(body.raw('messages')))
      refuse(['messages'], 'unsupported', 'URL sources are not supported');
    const { anthropic_version: _version, ...rest } = raw as Record<string, unknown>;
    return anthropic.parse({ ...rest, model: target.model }, offer, profile, target);
  },
  refusal: claudeRefusal,
};

/** The body names the model here, since the path names the counter. */
export function countedClaude(raw: unknown): unknown {
  const { model, ...prompt } = promptAlone(raw) as Record<string, unknown>;
  if (typeof model !== 'string') refuse(['model'], 'missing', 'model');
  return prompt;
}

function hasAddress(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasAddress);
  if (typeof value !== 'object' || value === null) return false;
  const { source, content } = value as { source?: { type?: unknown }; content?: unknown };
  return source?.type === 'url' || hasAddress(content);
}
