import type { ChatAdapter, ChatCall } from '../../types.js';

/**
 * The same chat at an address of Azure's, which says by itself how its paths are made:
 * - `…/openai/v1`: paths go behind it, and the body names the deployment;
 * - `…/openai?api-version=…`: the older form, in which the path names the deployment;
 * - any other with a query, such as `…/openai/deployments/mine?api-version=…`: paths go behind it.
 * The query goes behind the path.
 * https://learn.microsoft.com/en-us/azure/foundry/openai/api-version-lifecycle
 */
export function atAzure(chat: ChatAdapter): ChatAdapter {
  return {
    ...chat,
    buildRequest: (call) => {
      const built = chat.buildRequest(call);
      if (built.kind === 'refused') return built;
      return { ...built, request: { ...built.request, path: pathAt(call, built.request.path) } };
    },
  };
}

function pathAt({ baseUrl, model }: ChatCall, path: string): string {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return path;
  const { pathname, search } = new URL(baseUrl);
  const isOlder = /\/openai\/*$/.test(pathname) && path === '/chat/completions';
  return `${isOlder ? `/deployments/${encodeURIComponent(model)}` : ''}${path}${search}`;
}
