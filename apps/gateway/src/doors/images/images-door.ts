import {
  imageEditRequestSchema,
  imageGenerationRequestSchema,
  imageVariationRequestSchema,
  type ImagesRequest,
  type Usage,
} from '@trunkline/contracts';
import type { Images } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import type { RequestContext } from '../../pipeline/request-context.js';
import type { ClientBody, EndpointClientCall, EndpointDoor, EndpointFacts } from '../endpoint-door.js';
import { tokenDetails, tokenUsageObject } from '../endpoint-usage.js';
import { EventPrinter } from '../event-printer.js';
import { readRequest, wishesIn } from '../read-request.js';

/** Tokens of the largest picture, which is what is held until it is known. https://platform.openai.com/docs/guides/image-generation#cost-and-latency */
const MOST_TOKENS_PER_IMAGE = 6_240;
/** Of a picture that is given. */
const TOKENS_PER_SOURCE = 1_600;

const FORM_TYPES = {
  numbers: ['n', 'output_compression', 'partial_images'],
  booleans: ['stream'],
  lists: ['image'],
};

type ImagesDoor = EndpointDoor<ImagesRequest, Images>;

/** `POST /v1/images/generations` */
export const imageGenerationsDoor: ImagesDoor = {
  read: (body, context) =>
    imagesCall({ task: 'generate', request: readRequest(imageGenerationRequestSchema, body) }, body, context),
};

/** `POST /v1/images/edits` */
export const imageEditsDoor: ImagesDoor = {
  read: (body, context) =>
    imagesCall(
      { task: 'edit', request: readRequest(imageEditRequestSchema, body, { types: FORM_TYPES }) },
      body,
      context,
    ),
};

/** `POST /v1/images/variations` */
export const imageVariationsDoor: ImagesDoor = {
  read: (body, context) =>
    imagesCall(
      { task: 'vary', request: readRequest(imageVariationRequestSchema, body, { types: FORM_TYPES }) },
      body,
      context,
    ),
};

function imagesCall(
  asked: ImagesRequest,
  body: ClientBody,
  context: RequestContext,
): EndpointClientCall<ImagesRequest, Images> {
  const { task, request } = asked;
  const images = request.n ?? 1;
  const sources = task === 'generate' ? 0 : request.image.length;
  const promptTokens = task === 'vary' ? 0 : Math.ceil(estimateText(request.prompt));
  return {
    endpoint: 'images',
    adapterIn: (endpoints) => endpoints.images,
    request: asked,
    wishes: wishesIn(request),
    stream: task !== 'vary' && request.stream === true,
    form: body.kind === 'form' ? body.form : null,
    expected: {
      'input.text': promptTokens,
      'input.image': sources * TOKENS_PER_SOURCE,
      'output.image': images * MOST_TOKENS_PER_IMAGE,
      images,
    },
    longestInputTokens: promptTokens,
    needsImages: false,
    takesFree: false,
    isSlow: true,
    // Only what is charged by the picture can be counted from here.
    count: (answer) => ({ images: answer?.data.length ?? images }),
    printWhole: ({ data, about }, facts) => ({
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({
        created: facts.createdSeconds,
        ...about,
        data,
        usage: imageUsage(facts),
        ...facts.additions,
      }),
    }),
    newPrinter: () => new EventPrinter(context, imageUsage),
    kept: ({ data }) => ({ images: data.length }),
  };
}

function imageUsage(facts: EndpointFacts): object {
  const { text_tokens, image_tokens } = tokenDetails(facts.usage, 'input');
  const made: Usage = facts.usage;
  return {
    ...tokenUsageObject(facts),
    input_tokens_details: { text_tokens, image_tokens },
    output_tokens_details: {
      text_tokens: made['output.text'] ?? 0,
      image_tokens: made['output.image'] ?? 0,
    },
  };
}
