export { chatRequestProblem, problemIssue } from './chat-request-problem.js';
export { isInwardAddress, isInwardHost } from './inward-address.js';
export { resolveLocalReference } from './local-reference.js';
export {
  addressProblem,
  base64Problem,
  fileUrlProblem,
  imageProblem,
  imageTypeOf,
  imageUrlProblem,
} from './media.js';
export type { RequestProblem } from './request-problem.js';
export { schemaLoop } from './schema-loop.js';
export { schemaProblem } from './schema-problem.js';
