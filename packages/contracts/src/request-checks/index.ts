export { isInwardHost } from './inward-address.js';
export {
  addressProblem,
  base64Problem,
  fileUrlProblem,
  imageProblem,
  imageTypeOf,
  imageUrlProblem,
} from './media.js';
export { schemaLoop } from './schema-loop.js';
