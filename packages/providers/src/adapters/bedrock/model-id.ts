export interface BedrockModelId {
  /** Who made the model, as Amazon writes it: `anthropic`, `amazon`, `meta`; empty where the id does not say. */
  readonly maker: string;
  /** Without geography and maker: `claude-sonnet-4-5-20250929-v1:0`. */
  readonly name: string;
}

/** Of inference profiles: `us.`, `eu.`, `apac.`, `us-gov.`, `global.` and whatever geographies come. */
const GEOGRAPHY = /^(?:global|apac|[a-z]{2}|[a-z]{2}-gov)$/;

/**
 * Reads a model's id, an inference profile's, or the ARN of either. That of an application's own profile says nothing of
 * the model.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export function readModelId(model: string): BedrockModelId {
  const parts = model.slice(model.lastIndexOf('/') + 1).split('.');
  if (parts.length > 2 && GEOGRAPHY.test(parts[0] ?? '')) parts.shift();
  const [maker = '', ...rest] = parts;
  return rest.length > 0 ? { maker, name: rest.join('.') } : { maker: '', name: maker };
}
