import type { IncomingHttpHeaders } from 'node:http';
import { openAiEndpoint } from '../../endpoints/openai-routes.js';
import { keyOfToken } from '../../tokens/access-token.js';
import { readEntraForm } from '../../tokens/token-form.js';
import { anthropic } from '../anthropic/index.js';
import { openai } from '../openai/index.js';
import { parseChat } from '../openai/request.js';
import type { Operation, Protocol } from '../protocol.js';
import { responses } from '../responses/index.js';
import { azureRefusal } from './errors.js';
import { azureWriter } from './verdicts.js';

const DEPLOYMENT = /^\/openai\/deployments\/([^/]+)(\/.+)$/u;

/** The newer form, and the older one, which must say its version. https://learn.microsoft.com/en-us/azure/foundry/openai/api-version-lifecycle */
function chatOperation(method: string, path: string, query: URLSearchParams): Operation | undefined {
  if (path === '/openai/v1/models' && method === 'GET') return { kind: 'models' };
  if (method !== 'POST') return undefined;
  if (path === '/openai/v1/chat/completions') return { kind: 'generate', endpoint: 'chat' };
  if (path.startsWith('/openai/v1/') || path.startsWith('/providers/')) return openAiEndpoint(method, path);
  const [, deployment, route] = DEPLOYMENT.exec(path) ?? [];
  if (deployment === undefined || route === undefined || !query.has('api-version')) return undefined;
  const target = { model: decodeURIComponent(deployment) };
  if (route === '/chat/completions') return { kind: 'generate', endpoint: 'chat', target };
  const operation = openAiEndpoint(method, route);
  return operation?.kind === 'endpoint' ? { ...operation, target } : undefined;
}

function responsesOperation(method: string, path: string, query: URLSearchParams): Operation | undefined {
  const isOlder = path === '/openai/responses' && query.has('api-version');
  return method === 'POST' && (isOlder || path === '/openai/v1/responses')
    ? { kind: 'generate', endpoint: 'responses' }
    : undefined;
}

/** https://learn.microsoft.com/en-us/azure/foundry/foundry-models/how-to/use-foundry-models-claude */
function claudeOperation(method: string, path: string): Operation | undefined {
  return method === 'POST' && path === '/anthropic/v1/messages'
    ? { kind: 'generate', endpoint: 'messages' }
    : undefined;
}

/** `authorization` is for tokens of Entra. */
function readKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['api-key'];
  if (typeof key === 'string') return key;
  const [, token] = /^Bearer (.+)$/iu.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : keyOfToken(token, Date.now());
}

/** OpenAI's protocols as Azure speaks them. */
export const azureOpenai: Protocol = {
  ...openai,
  id: 'azure-openai',
  operation: chatOperation,
  readKey,
  parse: (body, offer, profile, { model }) =>
    parseChat(
      typeof body === 'object' && body !== null && model !== '' ? { ...body, model } : body,
      offer,
      profile,
    ),
  writer: azureWriter,
  refusal: azureRefusal,
  tokens: { path: /^\/[^/]+\/oauth2\/v2\.0\/token$/u, read: readEntraForm },
  siblings: [
    { ...responses, operation: responsesOperation, readKey, refusal: azureRefusal },
    { ...anthropic, operation: claudeOperation, readKey },
  ],
};
