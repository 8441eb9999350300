/** Length of an event with content, in every dialect. */
export const CHUNK_BYTES = 250;

/** One chunk of HTTP's chunked transfer; ASCII only. */
export function transferChunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
