import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type ErrorCode } from '@trunkline/errors';
import { newCallId } from '../pipeline/new-id.js';
import { printError } from './error-reply.js';

const CODE_OF_PROBLEM: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'request_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Answers what cannot be read as a request at all. Nobody knows its path, so it is told as `/v1` tells errors. */
export function answerClientError(problem: Error & { code?: string }, socket: Socket): void {
  if (problem.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy(problem);
    return;
  }
  const error = new AppError(CODE_OF_PROBLEM[problem.code ?? ''] ?? 'invalid_request', {
    ...(CODE_OF_PROBLEM[problem.code ?? ''] ? {} : { publicMessage: 'The request is not valid HTTP.' }),
  });
  const { status, headers, body } = printError(error, 'openai', newCallId());
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${head}\r\n${body}`);
}

/** Node keeps the answer under way on its socket: writing an error into the middle of one would garble it. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: { _headerSent?: boolean } | null };
  return message?._headerSent === true;
}
