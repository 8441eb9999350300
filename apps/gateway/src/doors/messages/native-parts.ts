import { isOwnTool, type MessageBlock, type MessagesRequest, type MessagesTool } from '@trunkline/contracts';
import { isSearchTool } from '@trunkline/providers';

/** Blocks that the canonical form says; all others are Anthropic's own. */
const SAID: ReadonlySet<string> = new Set([
  'text',
  'image',
  'document',
  'search_result',
  'tool_result',
  'tool_use',
  'thinking',
  'redacted_thinking',
]);

/**
 * Blocks that mark where something happened, and nothing is lost without them: what a compaction stands for is in the
 * conversation, and tools that were found or added are all given.
 */
const MARKERS: ReadonlySet<string> = new Set([
  'compaction',
  'fallback',
  'tool_addition',
  'tool_removal',
  'tool_reference',
  'tool_search_tool_result',
]);

/** Finds tools among those that are not shown to the model; other targets are shown all of them. */
const TOOL_SEARCH = /^tool_search_tool_/;

/**
 * The first part of a request that only Anthropic's own protocol can carry, and without which it would mean something
 * else: tools that Anthropic runs or defines, what came of them, files kept there.
 * @returns its path, or null
 */
export function nativeOnly(request: MessagesRequest): string | null {
  if (request.container) return 'container';
  if (request.mcp_servers?.length) return 'mcp_servers';
  for (const [i, tool] of (request.tools ?? []).entries())
    if (!isOwnTool(tool) && !isToolSearch(tool.type) && !isSearchTool(tool)) return `tools.${i}`;
  for (const [i, { content }] of request.messages.entries()) {
    if (typeof content === 'string') continue;
    for (const [j, block] of content.entries()) {
      const found = nativeIn(block);
      if (found !== null) return `messages.${i}.content.${j}${found}`;
    }
  }
  return null;
}

/** The search of the web, which others have too: theirs is asked where no target speaks Anthropic's protocol. */
export function webSearchAt({ tools }: MessagesRequest): number {
  return tools?.findIndex(isSearchTool) ?? -1;
}

function nativeIn(block: MessageBlock): string | null {
  if (!SAID.has(block.type)) return isMarker(block) ? null : '';
  if (block.type !== 'tool_result' || !Array.isArray(block.content)) return null;
  const at = block.content.findIndex((part) => !SAID.has(part.type) && !isMarker(part));
  return at < 0 ? null : `.content.${at}`;
}

function isMarker(block: { type: string; name?: unknown }): boolean {
  return MARKERS.has(block.type) || (block.type === 'server_tool_use' && isToolSearch(block.name));
}

function isToolSearch(name: unknown): boolean {
  return typeof name === 'string' && TOOL_SEARCH.test(name);
}

/** What has a place in the canonical form, or asks for nothing. */
const CARRIED: ReadonlySet<string> = new Set([
  ...['model', 'models', 'messages', 'system', 'max_tokens', 'stream', 'temperature', 'top_p', 'top_k'],
  ...['stop_sequences', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'metadata'],
  ...['provider', 'trunkline', 'cache_control', 'mcp_servers', 'container'],
]);

const TOOL_EXTRAS = ['defer_loading', 'input_examples', 'allowed_callers', 'eager_input_streaming'] as const;

/** Parts of the request that targets of other protocols do not get, as the client names them. */
export function uncarried(request: MessagesRequest): string[] {
  const left: string[] = [];
  for (const [field, value] of Object.entries(request))
    if (!CARRIED.has(field) && value !== null && value !== undefined && value !== 'auto') left.push(field);
  if ((request.output_config?.['task_budget'] ?? null) !== null) left.push('output_config.task_budget');
  for (const [i, tool] of (request.tools ?? []).entries()) {
    if (isOwnTool(tool)) left.push(...extrasOf(tool, `tools.${i}`));
    else if (i !== webSearchAt(request)) left.push(`tools.${i}`);
  }
  if (Array.isArray(request.system)) left.push(...citedIn(request.system, 'system'));
  for (const [i, { content }] of request.messages.entries()) {
    if (typeof content === 'string') continue;
    left.push(...citedIn(content, `messages.${i}.content`));
    for (const [j, block] of content.entries()) {
      const path = `messages.${i}.content.${j}`;
      if (isMarker(block)) left.push(path);
      else if (block.type === 'tool_result' && Array.isArray(block.content))
        left.push(...citedIn(block.content, `${path}.content`));
    }
  }
  return left;
}

/** Citations that are asked for of a document, and those that a text of an earlier answer has. */
function citedIn(blocks: readonly { type: string; citations?: unknown }[], path: string): string[] {
  return blocks.flatMap(({ citations }, j) => {
    const isSaid = Array.isArray(citations)
      ? citations.length > 0
      : (citations as { enabled?: unknown } | null | undefined)?.enabled === true;
    return isSaid ? [`${path}.${j}.citations`] : [];
  });
}

function extrasOf(tool: MessagesTool, path: string): string[] {
  return TOOL_EXTRAS.filter((field) => Boolean(tool[field])).map((field) => `${path}.${field}`);
}
