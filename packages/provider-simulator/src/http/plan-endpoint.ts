import type { Endpoint, EndpointOutput } from '../endpoints/endpoint.js';
import type { Frame } from '../protocols/protocol.js';
import type { Reply } from './reply.js';
import type { ModelOffer } from '../providers/offers.js';
import type { ProviderProfile } from '../providers/profiles.js';

/** The answer of an endpoint beside chat, ready to be played or spoilt. */
export function endpointReply(
  answer: Endpoint,
  input: { body: unknown; model: string; offer: ModelOffer; profile: ProviderProfile },
  headers: Readonly<Record<string, string>>,
) {
  const output = answer(input);
  const { promptTokens, completionTokens } = output.usage;
  const reply: Reply =
    output.kind === 'plain'
      ? {
          kind: 'plain',
          headers: { 'content-type': output.contentType, ...headers },
          body: output.body,
          tokens: completionTokens,
        }
      : {
          kind: 'stream',
          headers: { 'content-type': 'text/event-stream; charset=utf-8', ...headers },
          frames: framesOf(output),
        };
  const usage = {
    promptTokens,
    completionTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  };
  return { reply, usage };
}

function framesOf({ events, ending }: Extract<EndpointOutput, { kind: 'events' }>): Frame[] {
  if (ending === undefined) return events.map((event, at) => frameOf(event, at === events.length - 1));
  const isFinish = (event: object) => /"finish_reason":"|"choices":\[\]/u.test(JSON.stringify(event));
  const frames = events.map((event): Frame => {
    const data = `data: ${JSON.stringify(event)}\n\n`;
    return isFinish(event) ? { data, phase: 'finish', tokens: 0 } : { data, phase: 'text', tokens: 1 };
  });
  return [...frames, { data: ending, phase: 'terminal', tokens: 0 }];
}

function frameOf(event: object, isLast: boolean): Frame {
  const type = 'type' in event ? String(event.type) : 'message';
  return {
    data: `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`,
    phase: isLast ? 'terminal' : 'text',
    tokens: isLast ? 0 : 1,
  };
}

/** What OpenAI says inside a stream when it fails. */
export function errorEvent(): string {
  const error = {
    message: 'The server had an error while processing your request.',
    type: 'server_error',
    code: null,
  };
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`;
}

/** The same with nothing in it: no sound, no events but the last, no items in its lists. */
export function emptied(reply: Reply): Reply {
  if (reply.kind === 'stream') return { ...reply, frames: reply.frames.slice(-1) };
  if (typeof reply.body !== 'string') return { ...reply, body: Buffer.alloc(0) };
  const value = JSON.parse(reply.body) as Record<string, unknown>;
  const without = Object.entries(value).map(([name, each]) => [name, Array.isArray(each) ? [] : each]);
  return { ...reply, body: JSON.stringify(Object.fromEntries(without)) };
}
