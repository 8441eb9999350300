import { countVertexTokens, geminiGenerate, readingVertex } from '../../gemini-generate/index.js';
import { isRecord } from '../../loose-json.js';
import type { ChatAdapter } from '../../types.js';
import { modelPath } from './address.js';

/** Ids of calls are known to Gemini 3 and later here; with older models they are refused as unknown. */
const WITHOUT_CALL_IDS = /^gemini-[12][.-]/;

/**
 * Gemini at Vertex: the same bodies, beside the publisher's models of a location. Thought signatures are the same makers'
 * and go from one to the other.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const geminiAtVertex: ChatAdapter = {
  ...geminiGenerate,
  ...readingVertex,
  tokenCounting: countVertexTokens,
  buildRequest: (call) => {
    const built = geminiGenerate.buildRequest(call);
    if (built.kind === 'refused') return built;
    const verb = call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    const path = modelPath(call.baseUrl, 'google', call.model, verb);
    const body = WITHOUT_CALL_IDS.test(call.model) ? withoutCallIds(built.request.body) : built.request.body;
    return { ...built, request: { ...built.request, path, body } };
  },
};

function withoutCallIds(body: string): string {
  if (!/"function(?:Call|Response)"/.test(body)) return body;
  return JSON.stringify(
    JSON.parse(body, (key, value: unknown) => {
      if ((key !== 'functionCall' && key !== 'functionResponse') || !isRecord(value)) return value;
      const { id: _id, ...rest } = value;
      return rest;
    }),
  );
}
