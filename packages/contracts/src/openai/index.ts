export { chatRequestSchema } from './chat-request-schema.js';
export type { RequestIssue } from './first-issue.js';
export { isDeeperThan } from './json-depth.js';
export { MAX_JSON_DEPTH, parseChatRequest, type ParsedChatRequest } from './parse-chat-request.js';
