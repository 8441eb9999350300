import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallEntry } from '../calls/call-log.js';
import type { CannedAnswer } from './canned-mode.js';

const STREAM_MARKS = ['"stream":true', '"stream": true'];

/** Answers without reading more of the request than whether it wants a stream. */
export function serveCanned(
  answer: CannedAnswer,
  eventsPerSecond: number,
  call: CallEntry,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  let stream = false;
  let tail = '';
  request.on('data', (chunk: Buffer) => {
    if (stream) return;
    // The mark may be cut by the border of two chunks.
    const text = tail + chunk.toString('latin1');
    stream = STREAM_MARKS.some((mark) => text.includes(mark));
    tail = text.slice(-16);
  });
  response.once('close', () => {
    call.endedMs = Date.now();
    if (response.writableFinished) call.outcome = 'complete';
    else call.outcome = 'client_gone';
  });
  request.once('end', () => {
    call.status = 200;
    if (!stream) {
      call.usage = answer.plainUsage;
      call.deliveredTokens = answer.plainUsage.completionTokens;
      response.writeHead(200, answer.plainHeaders as string[]);
      response.end(answer.plain);
      return;
    }
    response.writeHead(200, answer.streamHeaders as string[]);
    if (eventsPerSecond > 0) {
      streamAtPace(answer, eventsPerSecond, call, response);
      return;
    }
    call.usage = answer.streamUsage;
    call.deliveredTokens = answer.streamUsage.completionTokens;
    response.end(answer.whole);
  });
}

function streamAtPace(
  answer: CannedAnswer,
  eventsPerSecond: number,
  call: CallEntry,
  response: ServerResponse,
): void {
  const { events } = answer;
  const started = performance.now();
  let sent = 0;
  const sendDue = (): void => {
    const due = 1 + Math.floor(((performance.now() - started) * eventsPerSecond) / 1_000);
    while (sent < Math.min(due, events.length) && response.writableLength < 1_048_576) {
      response.write(events[sent]);
      sent += 1;
      call.deliveredTokens = Math.max(0, Math.min(sent - 1, events.length - 2));
    }
    if (sent < events.length) return;
    clearInterval(timer);
    call.usage = answer.streamUsage;
    response.end();
  };
  const timer = setInterval(sendDue, Math.max(1, 1_000 / eventsPerSecond));
  response.once('close', () => clearInterval(timer));
  response.on('error', () => undefined);
  sendDue();
}
