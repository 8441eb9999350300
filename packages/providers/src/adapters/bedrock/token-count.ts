import { countOf, parsedRecord } from '../../loose-json.js';
import type { TokenCounting } from '../../types.js';

/** An inference profile of Amazon's own is a model's id behind a geography. */
const GEOGRAPHY = /^(?:us|us-gov|eu|apac|jp|au|ca|sa|global)\.(?=[a-z0-9-]+\.)/;

/**
 * Models are counted by their own ids: profiles are refused. What a model is not counted for is refused too, and
 * estimated then.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html
 * https://alchemy.run/providers/aws/bedrock/counttokens
 */
export const countConverseTokens: TokenCounting = {
  requestFor: (built, { model }) => {
    const { messages, system, toolConfig, additionalModelRequestFields } = parsedRecord(built.body);
    const converse = { messages, system, toolConfig, additionalModelRequestFields };
    return {
      ...built,
      path: `/model/${encodeURIComponent(model.replace(GEOGRAPHY, ''))}/count-tokens`,
      body: JSON.stringify({ input: { converse } }),
    };
  },
  read: (body) => countOf(parsedRecord(body)['inputTokens']),
};
