import type { JsonRecord } from '../../loose-json.js';

/**
 * A tool that Amazon runs itself. Of a call that is the client's to run, some models tell the type as well.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html
 */
export function isServerTool({ type }: JsonRecord): boolean {
  return type !== undefined && type !== null && type !== 'tool_use';
}
