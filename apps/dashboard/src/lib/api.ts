import {
  createControlPlaneClient,
  type ControlPlaneClient,
  type Schemas,
} from '@trunkline/control-plane-client';
import { apiErrorOf, unreachable } from './api-error';

export type Api = ControlPlaneClient;
export type { Schemas };

/** The control plane as the browser sees it: the page's own origin passes `/api/*` on. */
export const browserApi: Api = createControlPlaneClient();

interface Said<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * The body of a good answer.
 * @throws ApiError otherwise, also when nothing answered
 */
export async function answerOf<Data>(call: Promise<Said<Data>>): Promise<Data> {
  let said: Said<Data>;
  try {
    said = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable(cause);
  }
  if (!said.response.ok) throw apiErrorOf(said.response, said.error);
  // Answers without a body (204) have `undefined` here, which is what their type says.
  return said.data as Data;
}
