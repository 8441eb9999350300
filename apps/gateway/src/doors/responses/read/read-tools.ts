import type { ChatTool, ChatToolChoice, ResponsesRequest, ResponsesTool } from '@trunkline/contracts';

/** The tools of a request as canonical ones, and what of them is this dialect's alone. */
export interface ReadTools {
  readonly tools: ChatTool[];
  /** Where each of them stands in the request. */
  readonly paths: readonly string[];
  readonly choice: ChatToolChoice | null;
  /** Tools whose input is free text. */
  readonly customNames: ReadonlySet<string>;
  /** The first tool, or choice, that only an upstream of this dialect can be told. */
  readonly needed: string | null;
  /** Tools that others are not told of, and can answer without. */
  readonly lost: readonly string[];
}

/** Looking something up; an answer without it is one all the same. */
const DISPENSABLE = /^web_search/;

export function readTools({ tools, tool_choice: choice }: ResponsesRequest): ReadTools {
  const read: ChatTool[] = [];
  const paths: string[] = [];
  const lost: string[] = [];
  const customNames = new Set<string>();
  let needed: string | null = null;
  for (const [i, tool] of (tools ?? []).entries()) {
    const path = `tools[${i}]`;
    const own = readTool(tool);
    if (own) {
      read.push(own);
      paths.push(path);
    } else if (DISPENSABLE.test(tool.type)) lost.push(path);
    else needed ??= `${path}.type`;
    if (own?.custom) customNames.add(own.custom.name);
  }
  const readChoice = choice ? toChoice(choice) : null;
  if (readChoice === undefined) needed ??= 'tool_choice';
  // Without tools there is nothing to choose.
  const kept = read.length > 0 ? (readChoice ?? null) : null;
  return { tools: read, paths, choice: kept, customNames, needed, lost };
}

/** @returns null for a tool that a provider defines */
function readTool(tool: ResponsesTool): ChatTool | null {
  const { name, description, parameters, strict, format } = tool;
  if (name === undefined) return null;
  switch (tool.type) {
    case 'function':
      return {
        type: 'function',
        function: {
          name,
          ...(description ? { description } : {}),
          ...(parameters ? { parameters } : {}),
          ...(typeof strict === 'boolean' ? { strict } : {}),
        },
      };
    case 'custom':
      return {
        type: 'custom',
        custom: {
          name,
          ...(description ? { description } : {}),
          ...(format ? { format: toChatFormat(format) } : {}),
        },
      };
    default:
      return null;
  }
}

/** A grammar is flat here and nested in chat. */
function toChatFormat({ type, ...rest }: { type: string; [extra: string]: unknown }): unknown {
  return type === 'grammar' ? { type, grammar: rest } : { type, ...rest };
}

/** @returns undefined for a choice of a provider's own tool */
function toChoice(choice: NonNullable<ResponsesRequest['tool_choice']>): ChatToolChoice | undefined {
  if (typeof choice === 'string') return choice;
  if (choice.type !== 'allowed_tools') return named(choice);
  const tools = (choice.tools ?? []).map(named);
  if (tools.includes(undefined)) return undefined;
  return { type: 'allowed_tools', allowed_tools: { mode: choice.mode ?? 'auto', tools } };
}

function named({ type, name }: { type: string; name?: string | undefined }): ChatToolChoice | undefined {
  if (name === undefined) return undefined;
  if (type === 'function') return { type, function: { name } };
  return type === 'custom' ? { type, custom: { name } } : undefined;
}
