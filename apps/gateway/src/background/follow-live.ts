import type { AnswerSink } from '../pipeline/answer-sink.js';
import type { RequestContext } from '../pipeline/request-context.js';
import { KEEP_ALIVE_MS } from '../streaming/chat-relay.js';
import type { EventListener, EventLog } from './event-log.js';

/** What is held for a client that reads more slowly than its response comes. It can go on later where it was cut off. */
const MAX_BEHIND_CHARACTERS = 1024 * 1024;

/** Tells the client that asked for a response its events as they come. Its leaving ends nothing but this. */
export function followLive(log: EventLog, reply: AnswerSink, client: RequestContext): void {
  let behind = 0;
  const write = (text: string) => {
    behind = reply.write(text) ? 0 : behind + text.length;
    if (behind > MAX_BEHIND_CHARACTERS) reply.destroy();
  };
  const keepAlive = setInterval(() => write(': keep-alive\n\n'), KEEP_ALIVE_MS);
  const hear: EventListener = (frame, isLast) => {
    if (isLast) reply.end(frame);
    else write(frame);
  };
  reply.onDrain(() => {
    behind = 0;
  });
  log.listen(hear);
  client.onEnd(() => {
    clearInterval(keepAlive);
    log.forget(hear);
  });
}
