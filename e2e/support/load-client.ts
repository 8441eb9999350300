import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';

/** What a client saw of one call. */
export interface SeenCall {
  clientRequestId: string;
  connection: number;
  stream: boolean;
  model: string;
  /** HTTP status, or null when the connection ended before one. */
  status: number | null;
  /** The answer came whole: complete JSON, or a stream up to `[DONE]`. */
  whole: boolean;
  /** `usage.cost` in USD as the answer said it, as text. */
  cost: number | null;
  requestId: string | null;
  retryAfter: string | null;
  errorCode: string | null;
  durationMs: number;
  sentAtMs: number;
}

export interface LoadOptions {
  gatewayUrl: string;
  apiKey: string;
  connections: number;
  /** Ends after so many calls, or at `untilMs`, whichever is first. */
  calls: number;
  untilMs?: number;
  /** Calls a second over all connections; as fast as they go when missing. */
  callsPerSecond?: number;
  /** Body of the n-th call. */
  bodyOf(index: number): { model: string; stream?: boolean; [name: string]: unknown };
  onCall?(seen: SeenCall, index: number): void;
}

interface Answer {
  status: number | null;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  ended: boolean;
}

function send(options: LoadOptions, agent: Agent, body: string, clientRequestId: string): Promise<Answer> {
  return new Promise((resolve) => {
    const answer: Answer = { status: null, headers: {}, text: '', ended: false };
    const finish = (): void => resolve(answer);
    const outgoing = request(
      `${options.gatewayUrl}/v1/chat/completions`,
      {
        method: 'POST',
        agent,
        timeout: 120_000,
        headers: {
          authorization: `Bearer ${options.apiKey}`,
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

interface Completion {
  usage?: { cost?: number } | null;
  error?: { code?: string | null };
}

/** Frames of a chat stream; a frame that does not parse ends the reading. */
function framesOf(text: string): { frames: Completion[]; done: boolean } {
  const data = text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => frame.slice(6));
  const done = data.at(-1)?.trim() === '[DONE]';
  const frames = (done ? data.slice(0, -1) : data).flatMap((frame) => {
    try {
      return [JSON.parse(frame) as Completion];
    } catch {
      return [];
    }
  });
  return { frames, done };
}

function read(answer: Answer, stream: boolean): Pick<SeenCall, 'whole' | 'cost' | 'errorCode'> {
  if (answer.status === 200 && stream) {
    const { frames, done } = framesOf(answer.text);
    const cost = frames.findLast((frame) => frame.usage?.cost !== undefined)?.usage?.cost ?? null;
    const errorCode = frames.find((frame) => frame.error)?.error?.code ?? null;
    return { whole: answer.ended && done && errorCode === null, cost, errorCode };
  }
  try {
    const completion = JSON.parse(answer.text) as Completion;
    const errorCode = completion.error?.code ?? null;
    return { whole: answer.ended && answer.status === 200, cost: completion.usage?.cost ?? null, errorCode };
  } catch {
    return { whole: false, cost: null, errorCode: null };
  }
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

  const connection = async (number: number): Promise<void> => {
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
        const answer = await send(options, agent, JSON.stringify(body), clientRequestId);
        const call: SeenCall = {
          clientRequestId,
          connection: number,
          stream: body.stream === true,
          model: body.model,
          status: answer.status,
          requestId: headerText(answer.headers['x-request-id']),
          retryAfter: headerText(answer.headers['retry-after']),
          durationMs: Date.now() - sentAtMs,
          sentAtMs,
          ...read(answer, body.stream === true),
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
