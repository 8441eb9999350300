import { createHash } from 'node:crypto';
import type { HostedTool } from './hosted-tools.js';

/** What providers take as the name of a function. */
const MAX_NAME_CHARACTERS = 64;

/** A tool as the client calls it. */
export interface OwnToolName {
  readonly name: string;
  /** Group of tools that it stands in. */
  readonly namespace?: string;
}

/** How the tools of a request are called where there are no groups of them. */
export interface ToolNames {
  /** Whose input is free text. */
  readonly custom: ReadonlySet<string>;
  /** Those that stand in groups, by their flat names. */
  readonly grouped: ReadonlyMap<string, OwnToolName>;
  /** Those that OpenAI defines and the client runs, by the names of their functions. */
  readonly hosted: ReadonlyMap<string, HostedTool>;
}

/**
 * The name that a tool of a group has elsewhere; the same for the same tool. Calls of a tool that stands alone and was
 * shown late name it twice.
 */
export function flatName({ name, namespace }: OwnToolName): string {
  if (namespace === undefined || namespace === name) return name;
  const flat = `${namespace}__${name}`;
  if (flat.length <= MAX_NAME_CHARACTERS) return flat;
  const digest = createHash('sha256').update(flat).digest('hex').slice(0, 12);
  return `${flat.slice(0, MAX_NAME_CHARACTERS - digest.length - 1)}_${digest}`;
}
