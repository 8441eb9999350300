import { send, type Ask } from '../support/ask.js';
import type { TestGateway } from '../support/start-gateway.js';

export interface StreamRead {
  readonly status: number;
  readonly headers: Headers;
  /** Data frames as JSON, `[DONE]` left out. */
  readonly frames: Frame[];
  /** Everything as it came. */
  readonly raw: string;
  readonly text: string;
  readonly isDone: boolean;
  readonly error: { code: string | number; message: string } | null;
  /** The connection broke before the body's end. */
  readonly broke: boolean;
}

export interface Frame {
  id?: string;
  choices?: {
    index: number;
    delta: { content?: string; role?: string; reasoning?: string };
    finish_reason: string | null;
  }[];
  usage?: { prompt_tokens: number; completion_tokens: number; cost: number } | null;
  provider?: string;
  trunkline?: {
    attempts: { provider: string; outcome: string; splice?: Record<string, unknown> }[];
    overhead_ms: number;
    rescued: boolean;
  };
  error?: { code: string | number; message: string };
}

/** Reads a stream to its end, good or bad. */
export async function readStream(gateway: TestGateway, wish: Ask, signal?: AbortSignal): Promise<StreamRead> {
  const response = await send(gateway, wish, signal);
  let raw = '';
  let broke = false;
  try {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? [])
      raw += decoder.decode(bytes as Uint8Array, { stream: true });
  } catch {
    broke = true;
  }
  const data = raw
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => frame.slice(6));
  const frames = data.filter((line) => line !== '[DONE]').map((line) => JSON.parse(line) as Frame);
  return {
    status: response.status,
    headers: response.headers,
    frames,
    raw,
    text: frames.map((frame) => frame.choices?.[0]?.delta.content ?? '').join(''),
    isDone: data.at(-1) === '[DONE]',
    error: frames.find((frame) => frame.error)?.error ?? null,
    broke,
  };
}
