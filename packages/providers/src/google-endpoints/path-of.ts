import type { EndpointCall } from '../endpoints/types.js';

/** Where a model's verb stands: the same bodies are taken at several addresses. */
export type PathOf = (call: Pick<EndpointCall<unknown>, 'model' | 'baseUrl'>, verb: string) => string;
