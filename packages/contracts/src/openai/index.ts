export { chatRequestSchema } from './chat-request-schema.js';
export type { RequestIssue } from './first-issue.js';
export { isDeeperThan, isJsonOver } from './json-depth.js';
export { parseChatRequest, type ParsedChatRequest } from './parse-chat-request.js';
export { MAX_JSON_DEPTH, parseJsonBody, type ParsedJsonBody } from './parse-json-body.js';
