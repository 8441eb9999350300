import { offerPrices } from '@trunkline/catalog';
import { z } from 'zod';

/** Sections of the file's design that no part reads so far. */
const NOT_YET = ['organizations', 'aliases', 'policies', 'experiments'] as const;

const url = z.url({ protocol: /^https?$/, error: 'must be a URL with http or https' });
const secret = z.string().min(1).max(16_384);
const tokens = z.int().positive();

/** USD as decimal strings: a number would have lost digits before anybody could look. */
const price = offerPrices.refine(({ input, output }) => input !== undefined && output !== undefined, {
  error: 'needs input and output, US dollars per million tokens as strings in quotes',
});

const declaredModel = z.strictObject({
  /** The name to send; called as `<id>/<name>`. */
  name: z.string().min(1).max(200).regex(/^\S+$/, 'must have no blanks'),
  price: price.optional(),
  contextWindow: tokens.optional(),
  maxOutputTokens: tokens.optional(),
});

/** A provider as the file declares it. What a known id leaves out comes from the catalog. */
const declaredProvider = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
    protocol: z.string().min(1).max(40).optional(),
    baseUrl: url.optional(),
    region: z.string().min(1).max(80).optional(),
    apiKey: secret.optional(),
    /** A pool. */
    apiKeys: z.array(secret).min(1).max(20).optional(),
    tokenUrl: url.optional(),
    /** What the resource calls models, by the provider's names for them. */
    deployments: z.record(z.string().min(1).max(200), z.string().min(1).max(200)).default({}),
    unlistedModels: z.enum(['allow', 'refuse']).default('refuse'),
    /** Of unlisted models, and of listed ones without a price of their own. */
    defaultPrice: price.optional(),
    models: z.array(declaredModel).max(500).default([]),
  })
  .superRefine((provider, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (provider.apiKey !== undefined && provider.apiKeys)
      problem('apiKeys', 'stands beside apiKey: put all keys into one list');
    if (new Set(provider.apiKeys).size < (provider.apiKeys?.length ?? 0))
      problem('apiKeys', 'has a key twice');
    const names = provider.models.map(({ name }) => name);
    if (new Set(names).size < names.length) problem('models', 'has a name twice');
    if (provider.defaultPrice) return;
    if (provider.unlistedModels === 'allow')
      problem('defaultPrice', 'is needed with unlistedModels: an unpriced model is refused, not free');
    if (provider.models.some((model) => !model.price))
      problem('defaultPrice', 'is needed for models without a price');
  });
export type DeclaredProvider = z.infer<typeof declaredProvider>;

/** The whole file. */
export const configFile = z.strictObject({
  providers: z
    .array(declaredProvider)
    .default([])
    .superRefine((providers, context) => {
      for (const [index, { id }] of providers.entries()) {
        if (providers.findIndex((other) => other.id === id) < index)
          context.addIssue({ code: 'custom', path: [index, 'id'], message: `${id} is declared twice` });
      }
    }),
});

/** Why a key at the top is refused. */
export function refusalOfSection(key: string): string {
  return (NOT_YET as readonly string[]).includes(key)
    ? 'is not supported yet: only providers are'
    : 'is not a section of this file';
}
