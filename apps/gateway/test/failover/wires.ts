import { crc32 } from 'node:zlib';

/** How a protocol writes one answer, streamed and plain: what a hostile upstream spoils. */
export interface Wire {
  readonly protocol: string;
  /** Behind the upstream's address. */
  readonly basePath: string;
  readonly credential: string;
  readonly streamType: string;
  /** The events of a stream that says these words, its last one the terminal. */
  frames(words: readonly string[]): Buffer[];
  /** The body of a plain answer that says this. */
  plain(text: string): string;
}

const json = (value: unknown): string => JSON.stringify(value);
const data = (value: unknown): Buffer => Buffer.from(`data: ${json(value)}\n\n`);
const named = (value: { readonly type: string } & Record<string, unknown>): Buffer =>
  Buffer.from(`event: ${value.type}\ndata: ${json(value)}\n\n`);

const openai: Wire = {
  protocol: 'openai',
  basePath: '/v1',
  credential: 'sk-raw',
  streamType: 'text/event-stream',
  frames: (words) => {
    const chunk = (delta: unknown, finish: string | null, more = {}): Buffer =>
      data({
        ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'm' },
        choices: [{ index: 0, delta, finish_reason: finish }],
        ...more,
      });
    return [
      chunk({ role: 'assistant', content: '' }, null),
      ...words.map((content) => chunk({ content }, null)),
      chunk({}, 'stop', { usage: { prompt_tokens: 7, completion_tokens: 9, total_tokens: 16 } }),
      Buffer.from('data: [DONE]\n\n'),
    ];
  },
  plain: (content) =>
    json({
      ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1_700_000_000, model: 'm' },
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 9, total_tokens: 16 },
    }),
};

const anthropic: Wire = {
  protocol: 'anthropic',
  basePath: '/v1',
  credential: 'sk-raw',
  streamType: 'text/event-stream',
  frames: (words) => [
    named({
      type: 'message_start',
      message: {
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [] },
        ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 7, output_tokens: 1 } },
      },
    }),
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ...words.map((text) =>
      named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
    named({ type: 'content_block_stop', index: 0 }),
    named({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 9 },
    }),
    named({ type: 'message_stop' }),
  ],
  plain: (text) =>
    json({
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text }] },
      ...{ stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 7, output_tokens: 9 } },
    }),
};

const geminiAnswer = (text: string, finishReason?: string) => ({
  candidates: [
    { index: 0, content: { role: 'model', parts: [{ text }] }, ...(finishReason && { finishReason }) },
  ],
  usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 9, totalTokenCount: 16 },
  modelVersion: 'm',
  responseId: 'r1',
});
const gemini: Wire = {
  protocol: 'gemini',
  basePath: '/v1beta',
  credential: 'raw',
  streamType: 'text/event-stream',
  frames: (words) =>
    words.map((word, i) => data(geminiAnswer(word, i === words.length - 1 ? 'STOP' : undefined))),
  plain: (text) => json(geminiAnswer(text, 'STOP')),
};

const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
const responseOf = (status: string, output: unknown[]) => ({
  ...{ id: 'resp_1', object: 'response', created_at: 1_700_000_000, status, model: 'm', output },
  ...{ error: null, incomplete_details: null },
  usage:
    status === 'completed'
      ? {
          ...{ input_tokens: 7, output_tokens: 9, total_tokens: 16 },
          ...{ input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
        }
      : null,
});
const messageOf = (text: string) => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' },
  content: [part(text)],
});
const openaiResponses: Wire = {
  protocol: 'openai-responses',
  basePath: '/v1',
  credential: 'sk-raw',
  streamType: 'text/event-stream',
  frames: (words) => {
    const text = words.join('');
    const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const events = [
      { type: 'response.created', response: responseOf('in_progress', []) },
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { ...messageOf(''), status: 'in_progress', content: [] },
      },
      { type: 'response.content_part.added', ...at, part: part('') },
      ...words.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
      { type: 'response.output_text.done', ...at, text, logprobs: [] },
      { type: 'response.content_part.done', ...at, part: part(text) },
      { type: 'response.output_item.done', output_index: 0, item: messageOf(text) },
      { type: 'response.completed', response: responseOf('completed', [messageOf(text)]) },
    ];
    return events.map((event, i) => named({ ...event, ...{ sequence_number: i } }));
  },
  plain: (text) => json(responseOf('completed', [messageOf(text)])),
};

const bedrock: Wire = {
  protocol: 'bedrock',
  basePath: '',
  credential: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
  streamType: 'application/vnd.amazon.eventstream',
  frames: (words) => [
    awsFrame('messageStart', { role: 'assistant' }),
    ...words.map((text) => awsFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
    awsFrame('contentBlockStop', { contentBlockIndex: 0 }),
    awsFrame('messageStop', { stopReason: 'end_turn' }),
    awsFrame('metadata', {
      usage: { inputTokens: 7, outputTokens: 9, totalTokens: 16 },
      metrics: { latencyMs: 5 },
    }),
  ],
  plain: (text) =>
    json({
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 7, outputTokens: 9, totalTokens: 16 },
    }),
};

/** https://smithy.io/2.0/aws/amazon-eventstream.html */
function awsFrame(event: string, payload: unknown): Buffer {
  const header = (name: string, value: string): Buffer =>
    Buffer.concat([
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7, 0, value.length]),
      Buffer.from(value),
    ]);
  const headers = Buffer.concat([header(':message-type', 'event'), header(':event-type', event)]);
  const body = Buffer.from(json(payload));
  const frame = Buffer.alloc(16 + headers.length + body.length);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  headers.copy(frame, 12);
  body.copy(frame, 12 + headers.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, frame.length - 4)), frame.length - 4);
  return frame;
}

const cohere: Wire = {
  protocol: 'cohere',
  basePath: '/v2',
  credential: 'raw',
  streamType: 'text/event-stream',
  frames: (words) =>
    [
      {
        id: 'c1',
        type: 'message-start',
        delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
      },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      ...words.map((text) => ({
        type: 'content-delta',
        index: 0,
        delta: { message: { content: { text } } },
      })),
      { type: 'content-end', index: 0 },
      {
        type: 'message-end',
        delta: {
          finish_reason: 'COMPLETE',
          usage: {
            billed_units: { input_tokens: 7, output_tokens: 9 },
            tokens: { input_tokens: 7, output_tokens: 9 },
          },
        },
      },
    ].map((event) => named(event)),
  plain: (text) =>
    json({
      id: 'c1',
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text }] },
      usage: {
        billed_units: { input_tokens: 7, output_tokens: 9 },
        tokens: { input_tokens: 7, output_tokens: 9 },
      },
    }),
};

export const WIRES = [openai, anthropic, gemini, openaiResponses, bedrock, cohere];
