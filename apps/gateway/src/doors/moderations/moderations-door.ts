import { moderationsRequestSchema, type ModerationsRequest } from '@trunkline/contracts';
import type { Moderations } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import { countTexts } from '../count-inputs.js';
import type { EndpointDoor } from '../endpoint-door.js';
import { promptUsageObject } from '../endpoint-usage.js';
import { noPieces } from '../no-pieces.js';
import { readRequest, wishesIn } from '../read-request.js';

/** What OpenAI takes for a request that names none. https://platform.openai.com/docs/api-reference/moderations/create */
const DEFAULT_MODEL = 'omni-moderation-latest';

/** `POST /v1/moderations`, which costs nothing where the provider gives it for nothing. */
export const moderationsDoor: EndpointDoor<ModerationsRequest, Moderations> = {
  read(body) {
    const request = readRequest(moderationsRequestSchema, body, { defaultModel: DEFAULT_MODEL });
    const texts = textsOf(request);
    const sizes = texts.map(estimateText);
    return {
      endpoint: 'moderations',
      adapterIn: ({ moderations }) => moderations,
      request,
      wishes: wishesIn(request),
      stream: false,
      form: null,
      expected: { 'input.text': Math.ceil(sizes.reduce((total, size) => total + size, 1)) },
      longestInputTokens: Math.ceil(Math.max(...sizes, 0)),
      needsImages: false,
      takesFree: true,
      isSlow: false,
      count: async () => ({ 'input.text': Math.max(1, await countTexts(texts)) }),
      printWhole: ({ results }, facts) => ({
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify({
          id: facts.id,
          model: facts.model,
          results,
          usage: promptUsageObject(facts),
          ...facts.additions,
        }),
      }),
      newPrinter: noPieces,
      kept: (answer) => answer,
    };
  },
};

function textsOf({ input }: ModerationsRequest): string[] {
  if (typeof input === 'string') return [input];
  return (input as (string | { type: string; text?: string })[]).map((part) =>
    typeof part === 'string' ? part : (part.text ?? ''),
  );
}
