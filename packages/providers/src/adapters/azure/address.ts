import type { EndpointAdapter, EndpointCall, FormField } from '../../endpoints/types.js';
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
      const { request } = built;
      const body = namedBody(request.body, call);
      return { ...built, request: { ...request, path: pathAt(call, request.path), body } };
    },
  };
}

/** The body names the deployment; the model decided what is in it. */
export function namedBody(body: string, { deployment, model }: Addressed): string {
  if (deployment === undefined || deployment === null || deployment === model) return body;
  return JSON.stringify({ ...(JSON.parse(body) as Record<string, unknown>), model: deployment });
}

function namedForm(fields: readonly FormField[], { deployment }: Addressed): readonly FormField[] {
  if (deployment === undefined || deployment === null) return fields;
  return fields.map((field) => (field.name === 'model' ? { name: 'model', value: deployment } : field));
}

/** The same of another endpoint. */
export function endpointAtAzure<Request, Answer>(
  endpoint: EndpointAdapter<Request, Answer>,
): EndpointAdapter<Request, Answer> {
  return {
    ...endpoint,
    buildRequests: (call) => {
      const built = endpoint.buildRequests(call);
      if (built.kind === 'refused') return built;
      const requests = built.requests.map((request) => ({
        ...request,
        path: pathAt(call, request.path),
        body:
          typeof request.body === 'string' ? namedBody(request.body, call) : namedForm(request.body, call),
      }));
      return { ...built, requests };
    },
  };
}

type Addressed = Pick<ChatCall | EndpointCall<unknown>, 'baseUrl' | 'model' | 'deployment'>;

/** Routes that name no deployment. */
const WITHOUT_DEPLOYMENT = /^\/(?:responses|providers)\b/;

function pathAt({ baseUrl, model, deployment }: Addressed, path: string): string {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return path;
  const { pathname, search } = new URL(baseUrl);
  const isOlder = /\/openai\/*$/.test(pathname) && !WITHOUT_DEPLOYMENT.test(path);
  return `${isOlder ? `/deployments/${encodeURIComponent(deployment ?? model)}` : ''}${path}${search}`;
}
