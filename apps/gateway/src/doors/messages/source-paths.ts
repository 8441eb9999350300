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
    let value: unknown = request;
    let path: string | null = null;
    for (const key of param.split(/[.[\]]+/)) {
      if (key === '') continue;
      if (value === null || typeof value !== 'object') break;
      value = (value as Record<string, unknown>)[key];
      if (value !== null && typeof value === 'object') path = this.paths.get(value) ?? path;
    }
    return path ?? TOP_LEVEL[param] ?? param;
  }
}

const TOP_LEVEL: Readonly<Record<string, string>> = {
  stop: 'stop_sequences',
  user: 'metadata.user_id',
  reasoning: 'thinking',
  parallel_tool_calls: 'tool_choice.disable_parallel_tool_use',
  max_completion_tokens: 'max_tokens',
};
