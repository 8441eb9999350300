const LINE_END = '\r\n';

/** What ends a body in chunks. https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
export const LAST_CHUNK: Buffer = Buffer.from(`0${LINE_END}${LINE_END}`);

/** One chunk of HTTP's chunked transfer, in one piece; an empty one would end the body. */
export function transferChunk(content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  const head = bytes.toString(16) + LINE_END;
  const chunk = Buffer.allocUnsafe(head.length + bytes + LINE_END.length);
  chunk.write(head, 0, 'latin1');
  if (typeof content === 'string') chunk.write(content, head.length, 'utf8');
  else chunk.set(content, head.length);
  chunk.write(LINE_END, head.length + bytes, 'latin1');
  return chunk;
}
