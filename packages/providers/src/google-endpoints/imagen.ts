import type { ImagesRequest } from '@trunkline/contracts';
import { nearestRatio } from '../endpoints/aspect-ratio.js';
import { present } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, Images } from '../endpoints/types.js';
import { empty, malformed, refused } from '../failure/index.js';
import { isRecord, recordOf, textOf } from '../loose-json.js';
import { classifyGemini } from '../gemini-generate/failure.js';
import type { PathOf } from './path-of.js';

const DROPPED = [
  'quality',
  'style',
  'background',
  'output_format',
  'output_compression',
  'response_format',
  'moderation',
  'partial_images',
  'stream',
  'user',
];

/** What it draws. https://ai.google.dev/gemini-api/docs/imagen#imagen-configuration */
const RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9'];

/** Images of Google's Imagen, which are always data and priced by the piece. https://ai.google.dev/gemini-api/docs/imagen */
export const imagen = (pathOf: PathOf): EndpointAdapter<ImagesRequest, Images> => ({
  unsupported: ({ request }) => present(request, DROPPED),
  buildRequests: (call) => {
    const { task, request } = call.request;
    if (task !== 'generate')
      return { kind: 'refused', failure: refused('image', 'This model draws and does not edit.') };
    const ratio = nearestRatio(request.size, RATIOS);
    const parameters = { sampleCount: request.n ?? 1, ...(ratio ? { aspectRatio: ratio } : {}) };
    const body = JSON.stringify({ instances: [{ prompt: request.prompt }], parameters });
    return {
      kind: 'built',
      requests: [{ path: pathOf(call, 'predict'), body }],
      dropped: present(request, DROPPED),
    };
  },
  parseAnswers: (bodies) => {
    const read = readAnswer(bodies[0] ?? '');
    if (read.kind === 'failed') return read;
    const predictions: unknown = read.value['predictions'] ?? [];
    if (!Array.isArray(predictions)) return failed(malformed('The answer has no images.'));
    const images = (predictions as unknown[]).filter(
      (each) => textOf(recordOf(each)['bytesBase64Encoded']) !== '',
    );
    // What its filter stops comes as an answer without images.
    const reason = (predictions as unknown[])
      .map((each) => textOf(recordOf(each)['raiFilteredReason']))
      .find(Boolean);
    if (images.length === 0) {
      return failed(reason ? { ...empty(), outcome: 'content_policy', message: reason } : empty());
    }
    const data = images.filter(isRecord).map((image) => ({
      b64_json: textOf(image['bytesBase64Encoded']),
      ...(typeof image['prompt'] === 'string' ? { revised_prompt: image['prompt'] } : {}),
    }));
    return { kind: 'answer', answer: { data, about: {} }, id: null, usage: { images: data.length } };
  },
  classifyFailure: classifyGemini,
});
