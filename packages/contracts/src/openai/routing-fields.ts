import { z } from 'zod';
import {
  alsoOnOption,
  clockFields,
  hedgeOption,
  keepAliveOption,
  rescueOption,
} from '../failover-options.js';

/** What requests of every endpoint may say about where they go and how long they may take. */

const strings = z.array(z.string());
const jsonObject = z.record(z.string(), z.unknown());

export const providerPreferences = z.looseObject({
  order: strings.nullish(),
  only: strings.nullish(),
  ignore: strings.nullish(),
  allow_fallbacks: z.boolean().nullish(),
  require_parameters: z.boolean().nullish(),
  sort: z.union([z.string(), jsonObject]).nullish(),
  max_price: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
  quantizations: strings.nullish(),
  data_collection: z.string().nullish(),
});

/** Strict, unlike all else: what it asks for would otherwise not happen without a word. */
export const trunklineOptions = z.strictObject({
  timeouts: z.strictObject(clockFields).optional(),
  rescue: rescueOption.optional(),
  hedge: hedgeOption.optional(),
  alsoOn: alsoOnOption.optional(),
  cache: z.union([z.boolean(), z.string()]).optional(),
  keepAlive: keepAliveOption.optional(),
});

/** Fields that mean the same in the request of every endpoint. */
export const routingFields = {
  model: z.string().nullish(),
  models: strings.nullish(),
  user: z.string().nullish(),
  metadata: jsonObject.nullish(),
  provider: providerPreferences.nullish(),
  trunkline: trunklineOptions.nullish(),
};

/** They alone, as a schema gives them. */
export type RoutingFields = z.infer<z.ZodObject<typeof routingFields>>;
