import { ENDPOINTS } from '@trunkline/contracts';
import { z } from 'zod';

export const PROTOCOLS = [
  'openai',
  'anthropic',
  'gemini',
  'vertex',
  'bedrock',
  'azure-openai',
  'cohere',
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const QUIRK_TOPICS = [
  'params',
  'tools',
  'messages',
  'reasoning',
  'usage',
  'stream',
  'errors',
  'limits',
  'cache',
  'billing',
  'endpoint',
  'auth',
] as const;

const auth = z.strictObject({
  type: z.enum(['bearer', 'header', 'sigv4', 'oauth2', 'none']),
  header: z.string().optional(),
  /** The header's value, with `{key}` in it. */
  format: z.string().optional(),
  service: z.string().optional(),
  alternatives: z.array(z.string()).default([]),
  note: z.string().optional(),
});

/** Short digest of the quirks for whoever writes an adapter. A missing key is unknown, not "as OpenAI". */
const compat = z.strictObject({
  maxTokensField: z.string().optional(),
  renamedParams: z.record(z.string(), z.string()).optional(),
  unsupportedParams: z.array(z.string()).optional(),
  unsupportedParamsOpenaiRoute: z.array(z.string()).optional(),
  ignoredParams: z.array(z.string()).optional(),
  onUnsupported: z.string().optional(),
  n: z.int().optional(),
  toolChoice: z.array(z.string()).optional(),
  streamUsage: z.string().optional(),
  reasoningField: z.string().nullable().optional(),
  errorBody: z.string().optional(),
  retryHeaders: z.array(z.string()).optional(),
  rateLimitHeaders: z.array(z.string()).optional(),
});

/** A company or program that answers calls: its address, its protocol, and how it differs from OpenAI. */
export const catalogProvider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  kind: z.enum(['first-party', 'cloud', 'inference-host', 'aggregator', 'self-hosted']),
  /** The protocol to speak; `openai` is Chat Completions. */
  protocol: z.enum(PROTOCOLS),
  alsoSpeaks: z.array(z.string()).default([]),
  /** Placeholders in braces, such as `{region}`, come from the provider entry. */
  baseUrl: z.string().regex(/^https?:\/\//),
  otherBaseUrls: z.array(z.strictObject({ use: z.string(), url: z.string() })).default([]),
  auth,
  requiredHeaders: z.record(z.string(), z.string()).default({}),
  optionalHeaders: z.array(z.string()).default([]),
  /** Environment names that hold its credentials; `otherEnv` are names that some tools use instead. */
  env: z.array(z.string()).min(1),
  otherEnv: z.array(z.string()).default([]),
  /** Other sets of those names, each of which is enough in place of `env`. */
  envInstead: z.array(z.array(z.string()).min(1)).default([]),
  docsUrl: z.url(),
  /** Where it is stated that this provider has the endpoint: a documentation page, or `owner/repo path@commit`. */
  endpointSources: z.partialRecord(z.enum(ENDPOINTS), z.string().min(1)),
  compat,
  quirks: z.array(
    z.strictObject({ topic: z.enum(QUIRK_TOPICS), fact: z.string().min(1), source: z.string().min(1) }),
  ),
});
export type CatalogProvider = z.infer<typeof catalogProvider>;
