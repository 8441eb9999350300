import { ENDPOINTS, type ModelProjection, type OfferProjection } from '@trunkline/contracts';

/**
 * The offer that stands for every name of a provider that lists none: it has the price that their calls pin, and the
 * health that they share.
 */
export function unlistedOffer(providerId: string): OfferProjection {
  return {
    id: `${providerId}/*@${providerId}`,
    modelId: `${providerId}/*`,
    providerId,
    providerModel: '*',
    endpoints: [...ENDPOINTS],
    contextWindow: null,
    maxOutputTokens: null,
    billing: 'paygo',
    status: 'active',
  };
}

/** Whether an offer stands for all names: which endpoints the one that is called has, nobody knows. */
export function isUnlistedOffer({ modelId, providerId }: OfferProjection): boolean {
  return modelId === `${providerId}/*`;
}

/** A model of which nothing is known, so that everything is taken as possible. */
export function unlistedModel(providerId: string, name = '*'): ModelProjection {
  return {
    id: `${providerId}/${name}`,
    name,
    author: providerId,
    kind: 'chat',
    description: null,
    createdSeconds: 0,
    contextWindow: null,
    maxOutputTokens: null,
    inputModalities: ['text', 'image', 'audio', 'video', 'pdf'],
    outputModalities: ['text'],
    capabilities: {},
    retired: false,
  };
}
