import type { ImagesRequest, Usage } from '@trunkline/contracts';
import { formFields } from '../endpoints/form-fields.js';
import { outgoingFields, present } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter, EndpointRequest, Images } from '../endpoints/types.js';
import { classifyResponse, empty, malformed, type CodeTable } from '../failure/index.js';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { TypedEventReader } from './typed-events.js';
import { tokenUsage } from './usage.js';

const PATHS = { generate: '/images/generations', edit: '/images/edits', vary: '/images/variations' } as const;

/** These models always answer with base64 and refuse to be asked. */
const ALWAYS_BASE64 = /gpt-image|chatgpt-image/;

/** Images in OpenAI's format. https://platform.openai.com/docs/api-reference/images */
export function openAiImages(codes?: CodeTable): EndpointAdapter<ImagesRequest, Images> {
  return {
    unsupported: ({ request }, model) => present(request, dropFor(model)),
    buildRequests: ({ request: asked, model }) => {
      const { fields, dropped } = outgoingFields(asked.request, model, { drop: dropFor(model) });
      const body = asked.task === 'generate' ? JSON.stringify(fields) : formFields(fields);
      const request: EndpointRequest = { path: PATHS[asked.task], body };
      return { kind: 'built', requests: [request], dropped };
    },
    parseAnswers: (bodies) => {
      const read = readAnswer(bodies[0] ?? '', codes);
      if (read.kind === 'failed') return read;
      const { data, usage, created: _ours, model: _theirs, ...about } = read.value;
      if (!Array.isArray(data)) return failed(malformed('The answer has no images.'));
      if (data.length === 0) return failed(empty());
      if (!data.every(isImage))
        return failed(malformed('An image of the answer is neither data nor an address.'));
      return { kind: 'answer', answer: { data, about }, id: null, usage: imageUsage(usage, data.length) };
    },
    readerFor: ({ request: { task, request } }) =>
      task !== 'vary' && request.stream === true
        ? new TypedEventReader({ last: /\.completed$/, usageOf: (usage) => imageUsage(usage, 1) })
        : null,
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}

function dropFor(model: string): readonly string[] {
  return ALWAYS_BASE64.test(model) ? ['response_format', 'style'] : [];
}

/** Tokens where they are counted, and pieces besides: which of them is charged is the price's to say. */
function imageUsage(usage: unknown, images: number): Usage {
  return { ...tokenUsage(usage, 'image'), images };
}

function isImage(item: unknown): item is JsonRecord {
  return isRecord(item) && (isText(item['b64_json']) || isText(item['url']));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
