import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import type { Response, ResponseStreamEvent } from 'openai/resources/responses/responses';
import type { TestGateway } from '../../support/start-gateway.js';

/** Far more than it takes, for machines that are busy with other things. */
const LIMIT_MS = 60_000;

/** The official client, at one of the processes. */
export function clientOf(gateway: TestGateway, slot: number, key = gateway.tenant.key): OpenAI {
  const baseURL = `http://127.0.0.1:${gateway.gateways[slot]?.port}/v1`;
  return new OpenAI({ apiKey: key, baseURL, maxRetries: 0 });
}

/** Asks for a response until it says what is waited for. */
export async function until(
  client: OpenAI,
  id: string,
  isThere: (response: Response) => boolean,
): Promise<Response> {
  const untilMs = Date.now() + LIMIT_MS;
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (isThere(response)) return response;
    if (Date.now() > untilMs) throw new Error(`still ${response.status}: ${JSON.stringify(response)}`);
    await sleep(30);
  }
}

export function untilEnded(client: OpenAI, id: string): Promise<Response> {
  return until(client, id, ({ status }) => status !== 'queued' && status !== 'in_progress');
}

/** The call behind a response of the background. */
export function callIdOf(responseId: string): string {
  const hex = responseId.replace('resp_bg_', '');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Reads a stream to its end, or as far as `isEnough` says. */
export async function eventsOf(
  stream: AsyncIterable<ResponseStreamEvent>,
  isEnough: (event: ResponseStreamEvent) => boolean = () => false,
): Promise<ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (isEnough(event)) break;
  }
  return events;
}

export function numbersOf(events: readonly ResponseStreamEvent[]): number[] {
  return events.map(({ sequence_number: number }) => number);
}

export function textOfDeltas(events: readonly ResponseStreamEvent[]): string {
  return events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
}
