/** A frame's bytes: text of server-sent events, or whatever a binary framing makes. */
export type FrameData = string | Buffer;

export function bytesOf(data: FrameData): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : data;
}

/** Frames one behind the other. */
export function joined(frames: readonly { readonly data: FrameData }[]): Buffer {
  return Buffer.concat(frames.map(({ data }) => bytesOf(data)));
}
