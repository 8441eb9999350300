import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { readAnswer } from './read-answer.js';

/** What a client saw of one call. */
export interface SeenCall {
  clientRequestId: string;
  connection: number;
  stream: boolean;
  model: string;
  /** HTTP status, or null when the connection ended before one. */
  status: number | null;
  /** The answer came whole: complete JSON, or a stream up to its dialect's own end. */
  whole: boolean;
  text: string;
  /** Who answered, and after how many attempts, as the headers say. */
  provider: string | null;
  attempts: number;
  /** `usage.cost` in USD as the answer said it, as text. */
  cost: number | null;
  requestId: string | null;
  retryAfter: string | null;
  errorCode: string | null;
  durationMs: number;
  sentAtMs: number;
}

export interface LoadOptions {
  /** Of several nodes the connections take one each in turn. */
  gatewayUrl: string | readonly string[];
  apiKey: string;
  connections: number;
  /** Ends after so many calls, or at `untilMs`, whichever is first. */
  calls: number;
  untilMs?: number;
  /** Calls a second over all connections; as fast as they go when missing. */
  callsPerSecond?: number;
  /** Body of the n-th call. */
  bodyOf(index: number): { model: string; stream?: boolean; [name: string]: unknown };
  /** Where the n-th call goes; chat completions when missing. */
  pathOf?(index: number): string;
  onCall?(seen: SeenCall, index: number): void;
}

interface Answer {
  status: number | null;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  ended: boolean;
}

interface Sending {
  url: string;
  apiKey: string;
  agent: Agent;
  body: string;
  clientRequestId: string;
}

function send({ url, apiKey, agent, body, clientRequestId }: Sending): Promise<Answer> {
  return new Promise((resolve) => {
    const answer: Answer = { status: null, headers: {}, text: '', ended: false };
    const finish = (): void => resolve(answer);
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        timeout: 120_000,
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-client-request-id': clientRequestId,
        },
      },
      (incoming) => {
        answer.status = incoming.statusCode ?? null;
        answer.headers = incoming.headers;
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => {
          answer.text += chunk;
        });
        incoming.on('end', () => {
          answer.ended = incoming.complete;
          finish();
        });
        incoming.on('error', finish);
        incoming.on('aborted', finish);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('client time-out')));
    outgoing.on('error', finish);
    outgoing.end(body);
  });
}

function headerText(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Sends calls over a bounded number of connections, one call at a time on each, and tells what each client saw. */
export async function runLoad(options: LoadOptions): Promise<SeenCall[]> {
  const seen: SeenCall[] = [];
  const began = Date.now();
  let next = 0;
  const due = (index: number): number =>
    options.callsPerSecond ? began + (index * 1_000) / options.callsPerSecond - Date.now() : 0;

  const nodes = [options.gatewayUrl].flat();

  const connection = async (number: number): Promise<void> => {
    const node = nodes[number % nodes.length];
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (;;) {
        if (next >= options.calls || (options.untilMs !== undefined && Date.now() >= options.untilMs)) return;
        const index = next;
        next += 1;
        const wait = due(index);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const body = options.bodyOf(index);
        const clientRequestId = randomUUID();
        const sentAtMs = Date.now();
        const url = `${node}${options.pathOf?.(index) ?? '/v1/chat/completions'}`;
        const { apiKey } = options;
        const answer = await send({ url, apiKey, agent, body: JSON.stringify(body), clientRequestId });
        const call: SeenCall = {
          clientRequestId,
          connection: number,
          stream: body.stream === true,
          model: body.model,
          status: answer.status,
          requestId: headerText(answer.headers['x-request-id']),
          provider: headerText(answer.headers['x-trunkline-provider']),
          attempts: Number(headerText(answer.headers['x-trunkline-attempts']) ?? 0),
          retryAfter: headerText(answer.headers['retry-after']),
          durationMs: Date.now() - sentAtMs,
          sentAtMs,
          ...readAnswer(answer, body.stream === true),
        };
        seen.push(call);
        options.onCall?.(call, index);
      }
    } finally {
      agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: options.connections }, (_, number) => connection(number)));
  return seen;
}
