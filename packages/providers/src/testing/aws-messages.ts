import { crc32 } from 'node:zlib';

export type AwsMessage =
  | { event: string; data: string }
  | { exception: string; data: string }
  | { error: string; message: string }
  /** Headers as they are, for what no provider should send. */
  | { headers: Buffer; data: string };

/** One message of an AWS event stream, encoded without the library that reads it. */
export function awsMessage(message: AwsMessage): Buffer {
  const headers = 'headers' in message ? message.headers : headersOf(message);
  const body = Buffer.from('data' in message ? message.data : '');
  const bytes = Buffer.alloc(16 + headers.length + body.length);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(headers.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  headers.copy(bytes, 12);
  body.copy(bytes, 12 + headers.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

export function awsMessages(messages: readonly AwsMessage[]): Buffer {
  return Buffer.concat(messages.map(awsMessage));
}

function headersOf(message: Exclude<AwsMessage, { headers: Buffer }>): Buffer {
  if ('event' in message)
    return stringHeaders({
      ':event-type': message.event,
      ':content-type': 'application/json',
      ':message-type': 'event',
    });
  if ('exception' in message)
    return stringHeaders({
      ':exception-type': message.exception,
      ':content-type': 'application/json',
      ':message-type': 'exception',
    });
  return stringHeaders({
    ':error-code': message.error,
    ':error-message': message.message,
    ':message-type': 'error',
  });
}

function stringHeaders(headers: Record<string, string>): Buffer {
  const stringType = 7;
  const parts = Object.entries(headers).flatMap(([name, value]) => {
    const valueLength = Buffer.alloc(2);
    valueLength.writeUInt16BE(Buffer.byteLength(value));
    return [
      Buffer.from([Buffer.byteLength(name)]),
      Buffer.from(name),
      Buffer.from([stringType]),
      valueLength,
      Buffer.from(value),
    ];
  });
  return Buffer.concat(parts);
}
