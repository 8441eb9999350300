import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connector = buildConnector.connector;

/** How many requests each connection was given. */
const requestsOf = new WeakMap<Socket, number>();
/** Errors with which a connection broke off that had been of use before. */
const stale = new WeakSet<Error>();

// https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md#undiciclientsendheaders
subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { socket: Socket };
  requestsOf.set(socket, (requestsOf.get(socket) ?? 0) + 1);
});

/**
 * A server may close a connection that was idle at the very moment in which we use it again. That is nobody's fault, and
 * HTTP's answer to it is another connection (https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1). Remembers of errors
 * whether they may be that.
 */
export function noticingStale(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      socket.prependListener('error', (broken) => {
        if ((requestsOf.get(socket) ?? 0) > 1) stale.add(broken);
      });
      callback(null, socket);
    });
}

/** Whether the connection had been of use before. To be asked where nothing of the answer has come. */
export function isOfUsedConnection(error: Error): boolean {
  return stale.has(error);
}
