import { anthropicMessages, countMessageTokens, promptOf } from '../../anthropic-messages/index.js';
import { refused } from '../../failure/index.js';
import { remoteMedia } from '../../kept-objects.js';
import { isRecord, parsedRecord, recordOf, type JsonRecord } from '../../loose-json.js';
import type { BuildResult, ChatAdapter, ChatCall } from '../../types.js';
import { modelPath } from './address.js';
import { classifyVertex } from './failure.js';

const VERSION = 'vertex-2023-10-16';

/**
 * Claude at Vertex: Messages, with the model in the path and the version in the body. Structured outputs and strict
 * tools are not offered, nor a seed, which no Claude has; media must come in the request. Signatures are Claude's own on
 * every platform.
 * https://docs.claude.com/en/api/claude-on-vertex-ai
 */
export const claudeAtVertex: ChatAdapter = {
  ...anthropicMessages,
  unsupported: (request, model) => {
    const call = { request, model, stream: false, outputTokenLimit: null, maxOutputTokens: null };
    const built = buildRequest(call);
    if (built.kind === 'refused') return built.failure.param === null ? [] : [built.failure.param];
    const elsewhere = anthropicMessages.buildRequest(call);
    const told = elsewhere.kind === 'built' ? elsewhere.request.dropped : [];
    const here = built.request.dropped.filter((field) => !told.includes(field));
    return [...anthropicMessages.unsupported(request, model), ...here];
  },
  buildRequest,
  classifyFailure: classifyVertex,
  // A model of its own counts for all; the body says for which.
  // https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens
  tokenCounting: {
    ...countMessageTokens,
    requestFor: (built, { baseUrl, model }) => ({
      ...built,
      path: modelPath(baseUrl, 'anthropic', 'count-tokens', 'rawPredict'),
      body: JSON.stringify({ ...promptOf(parsedRecord(built.body)), model }),
    }),
  },
};

function buildRequest(call: ChatCall): BuildResult {
  const remote = remoteMedia(call.request);
  if (remote !== null) return refusedAddress(remote);
  const built = anthropicMessages.buildRequest(call);
  if (built.kind === 'refused') return built;
  const { model: _model, ...body } = JSON.parse(built.request.body) as JsonRecord;
  if (hasAddress(body['messages'])) return refusedAddress('messages');
  const { 'anthropic-version': _version, ...headers } = built.request.headers;
  const dropped = [...built.request.dropped, ...withoutSchemas(body)];
  return {
    kind: 'built',
    request: {
      ...built.request,
      path: modelPath(call.baseUrl, 'anthropic', call.model, call.stream ? 'streamRawPredict' : 'rawPredict'),
      headers,
      body: JSON.stringify({ anthropic_version: VERSION, ...body }),
      dropped: [...new Set(dropped)],
    },
  };
}

function refusedAddress(param: string): BuildResult {
  const message = 'This provider fetches nothing: images and documents must come as base64.';
  return { kind: 'refused', failure: refused(param, message) };
}

/** An image or document that stands on the web, also inside a tool's result. */
function hasAddress(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasAddress);
  if (!isRecord(value)) return false;
  return recordOf(value['source'])['type'] === 'url' || hasAddress(value['content']);
}

/** Takes out of the body what is not offered here; a schema is told in words. @returns what was taken */
function withoutSchemas(body: JsonRecord): string[] {
  const dropped: string[] = [];
  const { format, ...config } = recordOf(body['output_config']);
  if (isRecord(format)) {
    if (Object.keys(config).length > 0) body['output_config'] = config;
    else delete body['output_config'];
    const text = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(format['schema'] ?? {})}`;
    body['system'] = [...systemBlocks(body['system']), { type: 'text', text }];
    dropped.push('response_format.json_schema');
  }
  const tools = Array.isArray(body['tools']) ? (body['tools'] as unknown[]) : [];
  for (const [i, tool] of tools.entries()) {
    if (!isRecord(tool) || tool['strict'] === undefined) continue;
    if (tool['strict'] === true) dropped.push(`tools[${i}].function.strict`);
    delete tool['strict'];
  }
  return dropped;
}

function systemBlocks(system: unknown): unknown[] {
  if (typeof system === 'string') return [{ type: 'text', text: system }];
  return Array.isArray(system) ? (system as unknown[]) : [];
}
