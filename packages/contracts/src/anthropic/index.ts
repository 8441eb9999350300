export type {
  DocumentBlock,
  ImageBlock,
  MessageBlock,
  RedactedThinkingBlock,
  SearchResultBlock,
  TextBlock,
  ThinkingBlock,
  ToolResultBlock,
  ToolUseBlock,
} from './message-blocks.js';
export {
  isOwnTool,
  type MessagesMessage,
  type MessagesRequest,
  type MessagesTool,
} from './messages-request.js';
export {
  parseCountTokensRequest,
  parseMessagesRequest,
  type ParsedMessagesRequest,
} from './parse-messages-request.js';
