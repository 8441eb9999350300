import type { ChatRequest } from '@trunkline/contracts';

/** Where the parts of a canonical request stood in the client's own, for telling which field is at fault. */
export class SourcePaths {
  private readonly paths = new WeakMap<object, string>();

  /** @returns the same part */
  note<Part extends object>(part: Part, path: string): Part {
    this.paths.set(part, path);
    return part;
  }

  /**
   * A field of the canonical request (`messages[3].content[1].image_url.url`) as the client names it: the nearest part
   * around it of which the origin is known, else the name as it is.
   */
  pathOf(request: ChatRequest, param: string): string {
    return this.find(request, param)?.path ?? TOP_LEVEL[param] ?? param;
  }

  /** The same to the very member: `messages[2].is_error`, `tools[0].function.strict`. */
  memberOf(request: ChatRequest, param: string): string {
    const found = this.find(request, param);
    if (found === null) return param;
    const member = found.rest.at(-1);
    if (member === undefined) return found.path;
    if (member === 'filename') return found.path.replace(/\.source\.\w+$/, '.title');
    const rest = found.rest.filter((key) => key !== 'function');
    return [found.path, ...rest].join('.');
  }

  /** The nearest part of which the origin is known, and what follows it. */
  private find(request: ChatRequest, param: string): { path: string; rest: readonly string[] } | null {
    const keys = param.split(/[.[\]]+/).filter((key) => key !== '');
    let value: unknown = request;
    let found: { path: string; rest: readonly string[] } | null = null;
    for (const [i, key] of keys.entries()) {
      if (value === null || typeof value !== 'object') break;
      value = (value as Record<string, unknown>)[key];
      const path = value !== null && typeof value === 'object' ? this.paths.get(value) : undefined;
      if (path !== undefined) found = { path, rest: keys.slice(i + 1) };
    }
    return found;
  }
}

const TOP_LEVEL: Readonly<Record<string, string>> = {
  stop: 'stop_sequences',
  user: 'metadata.user_id',
  reasoning: 'thinking',
  parallel_tool_calls: 'tool_choice.disable_parallel_tool_use',
  max_completion_tokens: 'max_tokens',
};
