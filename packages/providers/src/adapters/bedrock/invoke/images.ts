import type { ImageGenerationRequest, ImagesRequest } from '@trunkline/contracts';
import { nearestRatio } from '../../../endpoints/aspect-ratio.js';
import { present } from '../../../endpoints/json-body.js';
import { failed, readAnswer } from '../../../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointAnswer, Images } from '../../../endpoints/types.js';
import { empty, malformed, refused } from '../../../failure/index.js';
import { textOf } from '../../../loose-json.js';
import { classifyBedrock } from '../failure.js';
import { readModelId } from '../model-id.js';
import { invokePath } from './path.js';

const DROPPED = [
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
const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
const MOST_OF_NOVA = 5;

/**
 * Pictures of Bedrock, which are always data and priced by the piece: Amazon's Nova Canvas draws several of a size,
 * Stability's models one of a ratio.
 * https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-text-image.html
 */
export const bedrockImages: EndpointAdapter<ImagesRequest, Images> = {
  unsupported: ({ request }, model) => present(request, droppedBy(model)),
  buildRequests: ({ request: { task, request }, model }) => {
    if (task !== 'generate')
      return { kind: 'refused', failure: refused('image', 'This model draws here and does not edit.') };
    const path = invokePath(model);
    const bodies = isStabilitys(model) ? stabilityBodies(request) : novaBodies(request);
    return {
      kind: 'built',
      requests: bodies.map((body) => ({ path, body: JSON.stringify(body) })),
      dropped: present(request, droppedBy(model)),
    };
  },
  parseAnswers: parse,
  classifyFailure: classifyBedrock,
};

function isStabilitys(model: string): boolean {
  return readModelId(model).maker === 'stability';
}

function droppedBy(model: string): readonly string[] {
  return isStabilitys(model) ? [...DROPPED, 'quality'] : DROPPED;
}

function novaBodies({ prompt, n, size, quality }: ImageGenerationRequest): object[] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? '') ?? [];
  const wanted = n ?? 1;
  const counts = [
    ...Array.from({ length: Math.floor(wanted / MOST_OF_NOVA) }, () => MOST_OF_NOVA),
    ...(wanted % MOST_OF_NOVA > 0 ? [wanted % MOST_OF_NOVA] : []),
  ];
  return counts.map((numberOfImages) => ({
    taskType: 'TEXT_IMAGE',
    textToImageParams: { text: prompt },
    imageGenerationConfig: {
      numberOfImages,
      ...(width && height ? { width: Number(width), height: Number(height) } : {}),
      quality: quality === 'high' || quality === 'hd' ? 'premium' : 'standard',
    },
  }));
}

function stabilityBodies({ prompt, n, size }: ImageGenerationRequest): object[] {
  const ratio = nearestRatio(size, RATIOS);
  const body = { prompt, output_format: 'png', ...(ratio ? { aspect_ratio: ratio } : {}) };
  return Array.from({ length: n ?? 1 }, () => body);
}

function parse(bodies: readonly string[]): EndpointAnswer<Images> {
  const data: { b64_json: string }[] = [];
  let stopped = '';
  for (const body of bodies) {
    const read = readAnswer(body);
    if (read.kind === 'failed') return read;
    const { images, finish_reasons: reasons } = read.value;
    if (!Array.isArray(images)) return failed(malformed('The answer has no images.'));
    for (const image of images as unknown[]) if (textOf(image) !== '') data.push({ b64_json: textOf(image) });
    stopped ||= Array.isArray(reasons) ? textOf((reasons as unknown[]).find(Boolean)) : '';
  }
  // What its filter stops comes as an answer without the picture.
  if (data.length === 0)
    return failed(stopped ? { ...empty(), outcome: 'content_policy', message: stopped } : empty());
  return { kind: 'answer', answer: { data, about: {} }, id: null, usage: { images: data.length } };
}
