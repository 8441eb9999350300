import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

/** Contents alone, or a whole request that names the model again. https://ai.google.dev/api/tokens */
export function countedRequest(raw: unknown, model: string): unknown {
  const body = Fields.of(raw, []);
  if (!body.has('generateContentRequest')) return onlyMembers(raw, ['contents']);
  onlyMembers(raw, ['generateContentRequest']);
  const { model: named, ...request } = body.raw('generateContentRequest') as Record<string, unknown>;
  if (named !== `models/${model}`)
    refuse([], 'unsupported', '* GenerateContentRequest.model: unexpected model name format');
  return request;
}

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens */
export function countedAtVertex(raw: unknown): unknown {
  return onlyMembers(raw, ['contents', 'systemInstruction', 'tools', 'generationConfig']);
}

function onlyMembers(raw: unknown, known: readonly string[]): unknown {
  const stranger = Object.keys(raw as object).find((key) => !known.includes(key));
  if (stranger !== undefined)
    refuse(
      [],
      'unsupported',
      `Invalid JSON payload received. Unknown name "${stranger}": Cannot find field.`,
    );
  return raw;
}
