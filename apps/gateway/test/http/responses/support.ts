import {
  framesOf,
  orderProblems,
  type ResponseBody,
  type ResponseFrame,
} from '../../../src/doors/responses/testing/read-response-stream.js';
import { ask } from '../../support/ask.js';
import type { TestGateway } from '../../support/start-gateway.js';

export interface StreamedResponse {
  readonly frames: readonly ResponseFrame[];
  /** What is wrong with its order. */
  readonly problems: readonly string[];
  /** From the terminal event. */
  readonly response: ResponseBody;
  readonly text: string;
}

/** A plain response. Any status but 200 fails the test with what was answered. */
export async function respond(gateway: TestGateway, body: Record<string, unknown>): Promise<ResponseBody> {
  const answer = await ask(gateway, { path: '/v1/responses', body });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.json as unknown as ResponseBody;
}

/** A streamed one, read to its end. */
export async function respondStreamed(
  gateway: TestGateway,
  body: Record<string, unknown>,
): Promise<StreamedResponse> {
  const answer = await ask(gateway, { path: '/v1/responses', body: { ...body, stream: true } });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  const frames = framesOf(answer.text);
  const response = frames.at(-1)?.response;
  if (!response) throw new Error(`the stream has no terminal event: ${answer.text}`);
  const text = frames
    .filter(({ type }) => type === 'response.output_text.delta')
    .map(({ delta }) => delta)
    .join('');
  return { frames, problems: orderProblems(frames), response, text };
}

export function textOf({ output }: ResponseBody): string {
  const parts = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []));
  return parts.map(({ text }) => text ?? '').join('');
}

/** What the simulator got last. */
export function lastSent(gateway: TestGateway): { path: string; body: Record<string, unknown> } {
  const { control } = gateway.simulator;
  const request = control.request(control.calls().latest);
  if (!request) throw new Error('the simulator kept no request');
  return { path: request.path, body: JSON.parse(request.body) as Record<string, unknown> };
}
