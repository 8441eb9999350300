import type { Usage } from '@trunkline/contracts';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';

/** A container that does not say which it is. */
const UNNAMED = 'unnamed';

/**
 * Counts what built-in tools of the provider did, which is billed beside the tokens.
 * https://platform.openai.com/docs/pricing#built-in-tools
 */
export class ToolUsage {
  private searches = 0;
  private queries = 0;
  private images = 0;
  private readonly containers = new Set<string>();

  /** An item of the output, once it is done. */
  add(item: JsonRecord): void {
    switch (item['type']) {
      case 'web_search_call':
        if (isSearch(item['action'])) this.searches += 1;
        break;
      case 'file_search_call':
        this.queries += 1;
        break;
      case 'image_generation_call':
        this.images += 1;
        break;
      case 'code_interpreter_call':
        this.containers.add(textOf(item['container_id']) || UNNAMED);
        break;
      case 'shell_call': {
        const container = textOf(recordOf(item['environment'])['container_id']);
        if (container !== '') this.containers.add(container);
        break;
      }
      default:
    }
  }

  /** @param response the whole of it: it tells the tools that there were, and which searches are billed */
  usage(response: JsonRecord): Usage {
    const billed = countOf(recordOf(recordOf(response['tool_usage'])['web_search'])['num_requests']);
    const all: Usage = {
      searches: billed ?? this.searches,
      queries: this.queries,
      images: this.images,
      code_sessions: this.containers.size * gigabytesOf(response['tools']),
    };
    return Object.fromEntries(Object.entries(all).filter(([, units]) => units > 0));
  }
}

/** Opening a page and looking in it are no searches. */
function isSearch(action: unknown): boolean {
  return !isRecord(action) || action['type'] === 'search';
}

/** A container costs by its memory: as much for each gigabyte, of which it has one unless asked otherwise. */
function gigabytesOf(tools: unknown): number {
  let most = 1;
  for (const tool of Array.isArray(tools) ? (tools as unknown[]).map(recordOf) : []) {
    const container = tool['type'] === 'shell' ? tool['environment'] : tool['container'];
    const limit = /^(\d{1,3})g$/.exec(textOf(recordOf(container)['memory_limit']))?.[1];
    if (limit !== undefined) most = Math.max(most, Number(limit));
  }
  return most;
}
