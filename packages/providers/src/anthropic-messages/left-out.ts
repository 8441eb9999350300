import type { LeftOut } from '@trunkline/contracts';
import { textOf, type JsonRecord } from '../loose-json.js';

/**
 * What a block is that the canonical form has no place for. One that nobody knows may be anything: it counts as the work
 * of a tool.
 * https://docs.claude.com/en/api/messages
 * @returns null where nothing is lost without it: it marks who answered, or which tools there are
 */
export function leftOutOf(block: JsonRecord): LeftOut | null {
  switch (textOf(block['type'])) {
    case 'compaction':
      return 'compaction';
    case 'container_upload':
      return 'container';
    case 'server_tool_use':
      return textOf(block['name']).startsWith('tool_search_tool') ? null : 'server_tools';
    case 'fallback':
    case 'mcp_tool_listing':
    case 'tool_search_tool_result':
      return null;
    default:
      return 'server_tools';
  }
}
