import type { ResponsesRequest } from '@trunkline/contracts';

/** Where what stands in the canonical request came from. */
export interface CanonicalPaths {
  readonly input: ResponsesRequest['input'];
  /** Of each message, where its content stands: `input[2].content`, `input[3].output`. */
  readonly messages: readonly string[];
  readonly tools: readonly string[];
  /** Where the wish to search the web stands; null where there is none. */
  readonly search: string | null;
}

/** Canonical names that are called otherwise here, by what follows the part or the tool. */
const TAILS: Readonly<Record<string, string>> = {
  '.image_url.url': '.image_url',
  '.image_url.detail': '.detail',
  '.file.filename': '.filename',
  '.file.file_data': '.file_data',
  '.file.file_id': '.file_id',
  '.file': '',
};

const FIELDS: readonly (readonly [canonical: string, own: string])[] = [
  ['response_format.json_schema.schema', 'text.format.schema'],
  ['response_format.json_schema', 'text.format'],
  ['response_format', 'text.format'],
  ['max_completion_tokens', 'max_output_tokens'],
  ['max_tokens', 'max_output_tokens'],
  ['reasoning_effort', 'reasoning.effort'],
  ['verbosity', 'text.verbosity'],
  ['logprobs', 'top_logprobs'],
];

/**
 * The name of a field of the canonical request in this dialect's words.
 * @param param as adapters and checks say it: `messages[1].content[0].image_url.url`
 */
export function ownParam(param: string, paths: CanonicalPaths): string {
  const message = /^messages\[(\d+)\](\.content)?(\[\d+\])?(.*)$/s.exec(param);
  if (message) {
    const [, index, isContent, part = '', tail = ''] = message;
    const content = paths.messages[Number(index)] ?? 'input';
    // What an earlier response brought has no path of its own.
    if (!content.startsWith('input[')) return content.replace(/\.\w+$/, '');
    if (isContent) return content + part + ownTail(tail, content, part, paths.input);
    const item = content.replace(/\.\w+$/, '');
    return tail === '.tool_call_id' ? `${item}.call_id` : item;
  }
  const tool = /^tools\[(\d+)\](?:\.(?:function|custom))?(.*)$/s.exec(param);
  if (tool) return `${paths.tools[Number(tool[1])] ?? 'tools'}${tool[2] ?? ''}`;
  const search = /^web_search_options(?=$|\.)(?:\.((?:allowed|blocked)_domains))?(.*)$/s.exec(param);
  if (search && paths.search !== null)
    return paths.search + (search[1] ? `.filters.${search[1]}` : '') + (search[2] ?? '');
  const renamed = FIELDS.find(([canonical]) => param === canonical || param.startsWith(`${canonical}.`));
  return renamed ? renamed[1] + param.slice(renamed[0].length) : param;
}

function ownTail(tail: string, content: string, part: string, input: ResponsesRequest['input']): string {
  if (tail === '.file.file_data' && isGivenByAddress(input, content, part)) return '.file_url';
  return TAILS[tail] ?? tail;
}

/** @param content `input[2].content` @param part `[0]` */
function isGivenByAddress(input: ResponsesRequest['input'], content: string, part: string): boolean {
  if (typeof input === 'string') return false;
  const item: Readonly<Record<string, unknown>> = input[numberIn(content)] ?? {};
  const parts = item['content'] ?? item['output'];
  const given: unknown = Array.isArray(parts) ? parts[numberIn(part)] : null;
  return given !== null && typeof given === 'object' && 'file_url' in given;
}

function numberIn(path: string): number {
  return Number(/\d+/.exec(path)?.[0] ?? -1);
}
