import type { ResponseItem, ResponsesRequest, ResponsesTool } from '@trunkline/contracts';

/** What items, parts and tools say that messages can say too, by their types; of other types nothing is looked at. */
const OF_ITEMS: Readonly<Record<string, ReadonlySet<string>>> = {
  message: new Set(['role', 'content']),
  function_call: new Set(['call_id', 'name', 'arguments', 'namespace']),
  function_call_output: new Set(['call_id', 'output']),
  custom_tool_call: new Set(['call_id', 'name', 'input', 'namespace']),
  custom_tool_call_output: new Set(['call_id', 'output']),
};
const OF_PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  input_text: new Set(['text']),
  // What an answer told of its words is no news to another model.
  output_text: new Set(['text', 'logprobs']),
  refusal: new Set(['refusal']),
  input_image: new Set(['image_url', 'file_id', 'detail']),
  input_file: new Set(['file_id', 'file_data', 'file_url', 'filename']),
  input_audio: new Set(['input_audio']),
};
const OF_TOOLS: Readonly<Record<string, ReadonlySet<string>>> = {
  function: new Set(['name', 'description', 'parameters', 'strict']),
  custom: new Set(['name', 'description', 'format']),
  namespace: new Set(['name', 'tools']),
};
/** Of every object. A mark of what to cache goes where such marks are taken. */
const OF_ALL: ReadonlySet<string> = new Set(['type', 'id', 'status', 'prompt_cache_breakpoint']);

/** What is always given, or asked for by another name. */
const INCLUDED: ReadonlySet<string> = new Set([
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
]);

/** Members of a request that upstreams of other dialects are not told, as the client names them. */
export function lostMembers({
  input,
  tools,
  include,
  max_tool_calls: mostCalls,
  context_management: context,
}: ResponsesRequest): string[] {
  const lost: string[] = [];
  if (typeof input !== 'string')
    for (const [i, item] of input.entries()) lost.push(...lostOfItem(item, `input[${i}]`));
  for (const [i, tool] of (tools ?? []).entries()) lost.push(...lostOfTool(tool, `tools[${i}]`));
  for (const [i, one] of (include ?? []).entries()) if (!INCLUDED.has(one)) lost.push(`include[${i}]`);
  if ((mostCalls ?? null) !== null) lost.push('max_tool_calls');
  if (saysSomething(context)) lost.push('context_management');
  return lost;
}

function lostOfItem(item: ResponseItem, path: string): string[] {
  const lost = lostOf(item, item.type ?? 'message', OF_ITEMS, path);
  for (const field of ['content', 'output'] as const) {
    const parts = (item as Record<string, unknown>)[field];
    if (!Array.isArray(parts)) continue;
    for (const [j, part] of (parts as { type: string }[]).entries())
      lost.push(...lostOf(part, part.type, OF_PARTS, `${path}.${field}[${j}]`));
  }
  return lost;
}

function lostOfTool(tool: ResponsesTool, path: string): string[] {
  const inner = tool.type === 'namespace' ? (tool.tools ?? []) : [];
  return [
    ...lostOf(tool, tool.type, OF_TOOLS, path),
    ...inner.flatMap((one, i) => lostOfTool(one, `${path}.tools[${i}]`)),
  ];
}

function lostOf(
  object: object,
  type: string,
  known: Readonly<Record<string, ReadonlySet<string>>>,
  path: string,
): string[] {
  const said = Object.hasOwn(known, type) ? known[type] : undefined;
  if (said === undefined) return [];
  return Object.entries(object)
    .filter(([name, value]) => !OF_ALL.has(name) && !said.has(name) && saysSomething(value))
    .map(([name]) => `${path}.${name}`);
}

function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== false && value !== '';
}
