/** What can happen to a message's content, as the stream's own events say it. */
export type MessageOp =
  | { type: 'content_block_start'; index: number; content_block: Block }
  | { type: 'content_block_delta'; index: number; delta: BlockDelta }
  | { type: 'content_block_stop'; index: number };

export type Block = Record<string, unknown> & { type: string };

/** https://platform.claude.com/docs/en/build-with-claude/streaming */
export type BlockDelta =
  | { type: 'text_delta'; text: string }
  | { type: 'thinking_delta'; thinking: string }
  | { type: 'signature_delta'; signature: string }
  | { type: 'input_json_delta'; partial_json: string }
  | { type: 'citations_delta'; citation: Record<string, unknown> };

/** One event of the stream. */
export function printEvent(data: { type: string }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
