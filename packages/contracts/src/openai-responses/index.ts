export {
  BUILT_IN_ITEM_TYPES,
  type ResponseItem,
  type ResponseMessageItem,
  type ResponseMessagePart,
  type ResponseReasoningItem,
  type ResponseToolOutput,
} from './response-items.js';
export { parseResponsesRequest } from './parse-responses-request.js';
export type { ResponsesRequest, ResponsesTool, ResponsesToolChoice } from './responses-request.js';
export { itemsAfter, type StoredResponse } from './stored-response.js';
