import {
  chatRequestProblem,
  parseResponsesRequest,
  problemIssue,
  type ChatRequest,
  type ResponseItem,
  type ResponseFormat,
  type ResponsesRequest,
} from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import { keptInResponses } from '@trunkline/providers';
import type { ToolNames } from '../tool-names.js';
import { badField } from './bad-field.js';
import { lostMembers } from './lost-members.js';
import { foundTools } from './found-tools.js';
import { ownParam, type CanonicalPaths } from './own-param.js';
import { putItems } from './put-items.js';
import { readItems } from './read-items.js';
import { readTools } from './read-tools.js';

/** A request for a response, read: as it was, in the canonical form, and what lies between the two. */
export interface ReadRequest {
  /** As the client wrote it. */
  readonly body: ResponsesRequest;
  /** All items, those of the earlier response first. */
  readonly items: readonly ResponseItem[];
  readonly chat: ChatRequest;
  readonly paths: CanonicalPaths;
  readonly toolNames: ToolNames;
  /** The first field that only an upstream of this dialect can be told. */
  readonly needed: string | null;
  /** Fields that other upstreams are not told, and can answer without. */
  readonly lost: readonly string[];
}

/** Translated, or meant for us; every other field goes on under its name. */
const READ_HERE = new Set([
  ...['input', 'instructions', 'stream', 'stream_options', 'tools', 'tool_choice', 'max_tool_calls'],
  ...['text', 'include', 'max_output_tokens', 'top_logprobs', 'truncation', 'store', 'background'],
  ...['previous_response_id', 'conversation', 'prompt', 'service_tier', 'client_metadata'],
  'context_management',
]);

/**
 * @param earlier items of the response that this one follows
 * @param named items that stand in it by their ids
 * @throws AppError 400 that names the field at fault
 */
export function readRequest(
  json: unknown,
  earlier: readonly ResponseItem[],
  named: ReadonlyMap<string, ResponseItem>,
): ReadRequest {
  const parsed = parseResponsesRequest(json);
  if (!parsed.ok) {
    const { code, param, message } = parsed.issue;
    throw new AppError(code, { publicMessage: message, param });
  }
  const { body, lost } = putItems(parsed.request, named);
  refuseWhatIsKeptElsewhere(body);
  const format = toResponseFormat(body);
  const items = readItems(body.input, body.instructions ?? null, earlier);
  if (items.messages.length === 0) throw badField('input', 'must have at least one item');
  const tools = readTools(body, foundTools(body.input, earlier));
  const own: readonly ResponseItem[] =
    typeof body.input === 'string' ? [{ type: 'message', role: 'user', content: body.input }] : body.input;
  const chat: ChatRequest = {
    ...passed(body),
    messages: items.messages,
    ...(tools.tools.length > 0 ? { tools: tools.tools } : {}),
    ...(tools.choice === null ? {} : { tool_choice: tools.choice }),
    ...(tools.search ? { web_search_options: tools.search.options } : {}),
    ...(format === null ? {} : { response_format: format }),
    ...(body.text?.verbosity ? { verbosity: body.text.verbosity } : {}),
    ...(typeof body.max_output_tokens === 'number' ? { max_completion_tokens: body.max_output_tokens } : {}),
    ...logprobs(body),
    ...(body.service_tier && body.service_tier !== 'auto' ? { service_tier: body.service_tier } : {}),
    ...(body.stream === true ? { stream: true } : {}),
  };
  const paths = {
    input: body.input,
    messages: items.paths,
    tools: tools.paths,
    search: tools.search?.path ?? null,
  };
  const problem = chatRequestProblem(chat);
  if (problem !== null) {
    const param = ownParam(problemIssue(problem).param ?? '', paths);
    throw badField(param, `it ${problem.reason}`);
  }
  return {
    body,
    items: [...earlier, ...own],
    chat,
    paths,
    toolNames: tools.names,
    // Objects kept at a provider: whose they are, its adapter judges.
    needed: keptIn(body) ?? items.needed ?? tools.needed,
    lost: [
      ...[...lost, ...items.lost, ...tools.lost, ...lostMembers(body)],
      ...(body.truncation === 'auto' ? ['truncation'] : []),
    ],
  };
}

function passed(body: ResponsesRequest): Record<string, unknown> {
  const fields = Object.entries(body).filter(
    ([field, value]) => !READ_HERE.has(field) && field !== '__proto__' && value !== null,
  );
  return Object.fromEntries(fields);
}

function keptIn({ previous_response_id: _earlier, ...sent }: ResponsesRequest): string | null {
  return keptInResponses(sent);
}

function refuseWhatIsKeptElsewhere(body: ResponsesRequest): void {
  if ((body.conversation ?? null) !== null)
    throw badField('conversation', 'conversations are not kept here; send the items in input');
  if ((body.prompt ?? null) !== null)
    throw badField('prompt', 'prompt templates are not kept here; send instructions and input');
}

function toResponseFormat({ text }: ResponsesRequest): ResponseFormat | null {
  const format = text?.format;
  switch (format?.type) {
    case undefined:
    case 'text':
      return null;
    case 'json_object':
      return { type: 'json_object' };
    case 'json_schema':
      return { type: 'json_schema', json_schema: schemaOf(format) };
  }
}

function schemaOf(format: {
  name: string;
  schema: Record<string, unknown>;
  description?: string | null | undefined;
  strict?: boolean | null | undefined;
}): { name: string; schema: Record<string, unknown>; description?: string; strict?: boolean } {
  const { name, schema, description, strict } = format;
  return {
    name,
    schema,
    ...(description ? { description } : {}),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  };
}

function logprobs({ top_logprobs: top, include }: ResponsesRequest): Record<string, unknown> {
  const isAsked = include?.includes('message.output_text.logprobs') === true || (top ?? 0) > 0;
  return isAsked ? { logprobs: true, top_logprobs: top ?? 0 } : {};
}
