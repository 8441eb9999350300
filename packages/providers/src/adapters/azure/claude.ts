import { anthropicMessages } from '../../anthropic-messages/index.js';
import type { ChatAdapter, UpstreamRequest } from '../../types.js';
import { namedBody } from './address.js';

/** The routes that an address of Foundry may end with; Claude's stands beside them. */
const OTHER_ROUTE = /\/(?:openai\/v1|openai|models)$/;

/**
 * Claude at Foundry: Messages, beside the routes of OpenAI's format. The model names the deployment; signatures are
 * Claude's own on every platform.
 * https://learn.microsoft.com/en-us/azure/foundry/foundry-models/how-to/use-foundry-models-claude
 */
export const claudeAtFoundry: ChatAdapter = {
  ...anthropicMessages,
  buildRequest: (call) => {
    const built = anthropicMessages.buildRequest(call);
    if (built.kind === 'refused') return built;
    const body = namedBody(built.request.body, call);
    return { ...built, request: { ...built.request, ...routeAt(call.baseUrl), body } };
  },
};

function routeAt(baseUrl: string | undefined): Pick<UpstreamRequest, 'path' | 'besides'> {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return { path: '/anthropic/v1/messages' };
  const pathname = new URL(baseUrl).pathname.replace(/\/+$/, '');
  if (pathname.endsWith('/anthropic/v1')) return { path: '/messages' };
  if (pathname.endsWith('/anthropic')) return { path: '/v1/messages' };
  const [besides] = OTHER_ROUTE.exec(pathname) ?? [];
  return { path: '/anthropic/v1/messages', ...(besides === undefined ? {} : { besides }) };
}
