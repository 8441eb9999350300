export * from './access-tokens/index.js';
export { authHeaders } from './auth-headers.js';
export { chatFor } from './chat-for.js';
export * from './endpoints/index.js';
export * from './framing/index.js';
export { namingModel } from './naming-model.js';
export { adapterOf, adapterOfProtocol, allAdapters } from './registry.js';
export type { RequestToSign } from './signing/sign-aws-request.js';
export * from './types.js';
