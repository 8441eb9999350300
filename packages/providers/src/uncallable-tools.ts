import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from './loose-json.js';

/**
 * Paths of the tools that the request's own choice forbids to call. A target whose only word for such a choice is to
 * leave them out says so in `dropped`, and is no worse a target.
 */
export function uncallableTools(request: ChatRequest): ReadonlySet<string> {
  const { tool_choice: choice } = request;
  const paths = (request.tools ?? []).map((_tool, i) => `tools[${i}]`);
  if (choice === 'none') return new Set(['tools', ...paths]);
  const callable = callableNames(choice);
  if (callable === null) return new Set();
  const isForbidden = (_path: string, i: number): boolean => {
    const tool = request.tools?.[i];
    const name = tool?.function?.name ?? tool?.custom?.name;
    return name !== undefined && !callable.includes(name);
  };
  return new Set(paths.filter(isForbidden));
}

/** Parameters that a target lacks, of those that a translation left out. */
export function lackingParameters(dropped: readonly string[], request: ChatRequest): string[] {
  const uncallable = uncallableTools(request);
  return dropped.filter((field) => !uncallable.has(field));
}

/** Null where all may be called. */
function callableNames(choice: unknown): readonly unknown[] | null {
  if (!isRecord(choice)) return null;
  const name = nameIn(choice);
  if (name !== null) return [name];
  const { tools } = isRecord(choice['allowed_tools']) ? choice['allowed_tools'] : choice;
  return Array.isArray(tools) ? (tools as unknown[]).map(nameIn) : null;
}

function nameIn(choice: unknown): string | null {
  if (!isRecord(choice)) return null;
  for (const named of [choice['function'], choice['custom'], choice])
    if (isRecord(named) && typeof named['name'] === 'string') return named['name'];
  return null;
}
