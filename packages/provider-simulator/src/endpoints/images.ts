import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import type { Endpoint, EndpointOutput, FormFile } from './endpoint.js';
import { json } from './endpoint.js';

/** A transparent pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** Tokens of a square picture. https://platform.openai.com/docs/guides/image-generation#cost-and-latency */
const TOKENS_BY_QUALITY = { low: 272, medium: 1_056, high: 4_160 } as const;
const TOKENS_PER_SOURCE = 323;

/** https://platform.openai.com/docs/api-reference/images/create */
export const openAiImages: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  return draw(fields, fields.requiredString('prompt'), 0, model);
};

/** https://platform.openai.com/docs/api-reference/images/createEdit */
export const openAiImageEdits: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  return draw(fields, fields.requiredString('prompt'), filesOf(fields).length, model);
};

/** https://platform.openai.com/docs/api-reference/images/createVariation */
export const openAiImageVariations: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  return draw(fields, '', filesOf(fields).length, model);
};

/** Files of a form come alone or as a list; an empty one is no picture. */
function filesOf(fields: Fields): FormFile[] {
  const name = fields.has('image[]') ? 'image[]' : 'image';
  const value = fields.required(name);
  const files = (Array.isArray(value) ? value : [value]) as FormFile[];
  if (!files.every((file) => file.bytes instanceof Uint8Array && file.bytes.length > 0))
    refuse(fields.at(name), 'type', 'a file', 'text');
  return files;
}

function draw(fields: Fields, prompt: string, sources: number, model: string): EndpointOutput {
  const isGpt = /gpt-image/u.test(model);
  if (isGpt && fields.has('response_format'))
    refuse(fields.at('response_format'), 'unsupported', "Unknown parameter: 'response_format'.");
  const count = Number(fields.raw('n') ?? 1);
  if (!Number.isInteger(count) || count < 1 || count > 10) refuse(fields.at('n'), 'range', '1..10', count);
  const quality = isGpt ? (fields.oneOf('quality', ['auto', 'low', 'medium', 'high']) ?? 'auto') : undefined;
  const perImage = TOKENS_BY_QUALITY[quality === undefined || quality === 'auto' ? 'medium' : quality];
  const text = countTokens(prompt);
  const seen = sources * TOKENS_PER_SOURCE;
  const usage = {
    input_tokens: text + seen,
    output_tokens: perImage * count,
    total_tokens: text + seen + perImage * count,
    input_tokens_details: { text_tokens: text, image_tokens: seen },
  };
  const created = Math.floor(Date.now() / 1000);
  if (isGpt && String(fields.raw('stream')) === 'true') return streamed(fields, usage, created, perImage);
  const wantsUrl = fields.oneOf('response_format', ['url', 'b64_json']) === 'url';
  const picture = wantsUrl ? { url: `https://images.example/${model}.png` } : { b64_json: PIXEL };
  const data = Array.from({ length: count }, () => picture);
  return json(
    {
      created,
      data,
      ...(isGpt ? { background: 'opaque', output_format: 'png', quality: 'medium', usage } : {}),
    },
    text + seen,
    isGpt ? perImage * count : 0,
  );
}

function streamed(fields: Fields, usage: object, created: number, tokens: number): EndpointOutput {
  const partial = Number(fields.raw('partial_images') ?? 0);
  const kind = fields.has('image') || fields.has('image[]') ? 'image_edit' : 'image_generation';
  const picture = { b64_json: PIXEL, created_at: created, size: '1024x1024', quality: 'medium' };
  const events = Array.from({ length: partial }, (_, index) => ({
    type: `${kind}.partial_image`,
    partial_image_index: index,
    ...picture,
  }));
  return {
    kind: 'events',
    events: [...events, { type: `${kind}.completed`, ...picture, usage }],
    usage: { promptTokens: 0, completionTokens: tokens },
  };
}
