import type { ResponseItem, ResponsesTool } from '@trunkline/contracts';

/** A tool that was not shown from the beginning (a search found it, or the client added it), and where it stands. */
export interface FoundTool {
  readonly tool: ResponsesTool;
  readonly path: string;
}

const SHOWN_IN: ReadonlySet<string | undefined> = new Set(['tool_search_output', 'additional_tools']);

/** Other providers are shown all tools at once: what was found and added as well. */
export function foundTools(
  input: string | readonly ResponseItem[],
  earlier: readonly ResponseItem[],
): FoundTool[] {
  const own = typeof input === 'string' ? [] : input;
  return [
    ...earlier.flatMap((item) => toolsOf(item, 'previous_response_id')),
    ...own.flatMap((item, i) => toolsOf(item, `input[${i}]`)),
  ];
}

function toolsOf(item: ResponseItem, path: string): FoundTool[] {
  if (!SHOWN_IN.has(item.type) || !('tools' in item) || !Array.isArray(item['tools'])) return [];
  return (item['tools'] as unknown[]).flatMap((tool, i) =>
    isTool(tool) ? [{ tool, path: `${path}.tools[${i}]` }] : [],
  );
}

function isTool(value: unknown): value is ResponsesTool {
  if (value === null || typeof value !== 'object') return false;
  const { type, name, tools } = value as Record<string, unknown>;
  if (typeof type !== 'string' || typeof name !== 'string' || name === '') return false;
  return type === 'namespace' ? Array.isArray(tools) && tools.every(isTool) : true;
}
