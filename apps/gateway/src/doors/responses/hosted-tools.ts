import type { FunctionDefinition, ResponseItem, ResponsesTool } from '@trunkline/contracts';
import type { JsonObject } from './print/response-object.js';

/**
 * A tool that OpenAI defines and the client runs: models of others know it as a function. Each reads what a model or a
 * client wrote loosely, since neither is ours.
 * https://platform.openai.com/docs/api-reference/responses/create#responses-create-tools
 */
export interface HostedTool {
  readonly definition: FunctionDefinition;
  readonly callType: string;
  /** Of the ids of its calls. */
  readonly prefix: string;
  /** The arguments of an earlier call; null for one that says nothing that could be run. */
  argumentsOf(item: JsonObject): JsonObject | null;
  /** What a call says, of arguments that may be anything. */
  callOf(args: JsonObject): JsonObject;
  /** What came of a call, as text. */
  resultOf(item: JsonObject): string;
}

const texts = { type: 'array', items: { type: 'string' } };
const timeout = { type: 'integer', description: 'Milliseconds after which it is stopped.' };

const LOCAL_SHELL: HostedTool = {
  definition: {
    name: 'local_shell',
    description: "Runs a command on the user's machine, and returns what it printed.",
    parameters: {
      type: 'object',
      properties: {
        command: { ...texts, description: 'The program and its arguments, such as ["bash", "-lc", "ls"].' },
        working_directory: { type: 'string' },
        env: { type: 'object', additionalProperties: { type: 'string' } },
        timeout_ms: timeout,
      },
      required: ['command'],
    },
  },
  callType: 'local_shell_call',
  prefix: 'lsh',
  argumentsOf: ({ action }) => {
    const { type: _exec, env, ...said } = objectOf(action);
    const isBare = Object.keys(objectOf(env)).length === 0;
    return isTexts(said['command']) ? { ...given(said), ...(isBare ? {} : { env }) } : null;
  },
  callOf: ({ command, env, working_directory: directory, timeout_ms: ms }) => ({
    action: {
      type: 'exec',
      command: typeof command === 'string' ? ['bash', '-lc', command] : isTexts(command) ? command : [],
      env: Object.fromEntries(Object.entries(objectOf(env)).filter(([, value]) => typeof value === 'string')),
      ...(typeof directory === 'string' ? { working_directory: directory } : {}),
      ...(typeof ms === 'number' ? { timeout_ms: ms } : {}),
    },
  }),
  resultOf: ({ output }) => textOf(output),
};

const SHELL: HostedTool = {
  definition: {
    name: 'shell',
    description: "Runs commands in a shell on the user's machine, and returns what each of them printed.",
    parameters: {
      type: 'object',
      properties: { commands: texts, timeout_ms: timeout, max_output_length: { type: 'integer' } },
      required: ['commands'],
    },
  },
  callType: 'shell_call',
  prefix: 'sh',
  argumentsOf: ({ action }) => {
    const said = objectOf(action);
    return isTexts(said['commands']) ? given(said) : null;
  },
  callOf: ({ commands, timeout_ms: ms, max_output_length: length }) => ({
    action: {
      commands: typeof commands === 'string' ? [commands] : isTexts(commands) ? commands : [],
      timeout_ms: typeof ms === 'number' ? ms : null,
      max_output_length: typeof length === 'number' ? length : null,
    },
    environment: { type: 'local' },
  }),
  resultOf: ({ output }) => (typeof output === 'string' ? output : JSON.stringify(output ?? [])),
};

const KINDS = ['create_file', 'update_file', 'delete_file'];

const APPLY_PATCH: HostedTool = {
  definition: {
    name: 'apply_patch',
    description:
      'Creates, changes or deletes one file. In a diff each line begins with a space (it stays), "-" (it goes) or "+" ' +
      '(it comes); each place that is changed begins with a line "@@", which may name the class or function around it, ' +
      'and has about three lines before and after the change. A file that is created has lines with "+" alone.',
    parameters: {
      type: 'object',
      properties: {
        type: { type: 'string', enum: KINDS },
        path: { type: 'string', description: 'Relative to the root of the work.' },
        diff: { type: 'string', description: 'Not for a file that is deleted.' },
      },
      required: ['type', 'path'],
    },
  },
  callType: 'apply_patch_call',
  prefix: 'apc',
  argumentsOf: ({ operation }) => {
    const said = objectOf(operation);
    return typeof said['path'] === 'string' ? given(said) : null;
  },
  callOf: ({ type, path, diff }) => {
    const kind = KINDS.find((one) => one === type) ?? 'update_file';
    const operation = { type: kind, path: textOf(path) };
    return { operation: kind === 'delete_file' ? operation : { ...operation, diff: textOf(diff) } };
  },
  resultOf: ({ output, status }) => textOf(output) || (status === 'failed' ? 'It failed.' : 'Done.'),
};

const TOOLS: Readonly<Record<string, HostedTool>> = {
  local_shell: LOCAL_SHELL,
  shell: SHELL,
  apply_patch: APPLY_PATCH,
};
const BY_CALL = new Map(Object.values(TOOLS).map((tool) => [tool.callType, tool]));
const BY_RESULT = new Map(Object.values(TOOLS).map((tool) => [`${tool.callType}_output`, tool]));

/** @returns undefined for any other tool, and for a shell that OpenAI runs */
export function hostedTool({ type, environment }: ResponsesTool): HostedTool | undefined {
  if (type === 'shell' && objectOf(environment)['type'] !== 'local') return undefined;
  return Object.hasOwn(TOOLS, type) ? TOOLS[type] : undefined;
}

/** An earlier call of such a tool, as a function's; null for any other item. */
export function hostedCall(item: ResponseItem): { callId: string; name: string; args: string } | null {
  const tool = BY_CALL.get(item.type ?? '');
  const said = item as JsonObject;
  const callId = textOf(said['call_id']);
  const args = tool?.argumentsOf(said) ?? null;
  return tool && args && callId !== ''
    ? { callId, name: tool.definition.name, args: JSON.stringify(args) }
    : null;
}

/** What came of such a call; null for any other item. */
export function hostedResult(item: ResponseItem): { callId: string; text: string } | null {
  const tool = BY_RESULT.get(item.type ?? '');
  const said = item as JsonObject;
  // The oldest of them is told by `id` in the reference, and by `call_id` in the guide.
  const callId = textOf(said['call_id']) || textOf(said['id']);
  return tool && callId !== '' ? { callId, text: tool.resultOf(said) } : null;
}

function objectOf(value: unknown): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Without what is null. */
function given(said: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
