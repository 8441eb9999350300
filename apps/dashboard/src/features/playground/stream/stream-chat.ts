import { WAITING, type Answer, type AnswerFailure } from './answer';
import { readEvents } from './read-events';
import { withFrame } from './read-frame';

export interface ChatBody {
  model: string;
  messages: readonly { role: 'system' | 'user' | 'assistant'; content: string }[];
  temperature?: number;
  max_tokens?: number;
  top_p?: number;
  response_format?: { type: 'json_object' };
}

async function failureOf(response: Response): Promise<AnswerFailure> {
  const body: unknown = await response.json().catch(() => null);
  const error =
    typeof body === 'object' && body !== null && 'error' in body
      ? (body.error as { message?: unknown; code?: unknown })
      : {};
  return {
    status: response.status,
    message:
      typeof error.message === 'string'
        ? error.message
        : `The gateway answered with status ${response.status}.`,
    code: error.code == null ? null : String(error.code),
  };
}

/**
 * Sends a chat and tells how far its answer has come, until it has ended one way or another.
 * @returns the answer as it ended; a failure is a state of it and never thrown
 */
export async function streamChat({
  token,
  body,
  signal,
  onProgress,
}: {
  token: string;
  body: ChatBody;
  signal: AbortSignal;
  onProgress: (answer: Answer) => void;
}): Promise<Answer> {
  const began = performance.now();
  const elapsed = () => Math.round(performance.now() - began);
  let answer = WAITING;
  const tell = (next: Answer) => {
    answer = next;
    onProgress(next);
  };
  try {
    const response = await fetch('/playground-stream/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true }),
      signal,
    });
    const known = {
      ...answer,
      requestId: response.headers.get('x-request-id'),
      provider: response.headers.get('x-trunkline-provider'),
    };
    if (!response.ok || !response.body) {
      tell({ ...known, state: 'failed', durationMs: elapsed(), failure: await failureOf(response) });
      return answer;
    }
    tell(known);
    let ended = false;
    for await (const data of readEvents(response.body)) {
      if (data === '[DONE]') ended = true;
      else tell(withFrame(answer, data, elapsed()));
    }
    if (answer.state === 'failed') return answer;
    tell(
      ended || answer.finishReason !== null
        ? { ...answer, state: 'done', durationMs: elapsed() }
        : {
            ...answer,
            state: 'failed',
            durationMs: elapsed(),
            failure: {
              status: response.status,
              code: 'truncated',
              message: 'The connection ended before the answer did.',
            },
          },
    );
  } catch (cause) {
    tell(
      signal.aborted
        ? { ...answer, state: 'stopped', durationMs: elapsed() }
        : {
            ...answer,
            state: 'failed',
            durationMs: elapsed(),
            failure: {
              status: 0,
              code: null,
              message: `The gateway could not be reached: ${cause instanceof Error ? cause.message : String(cause)}`,
            },
          },
    );
  }
  return answer;
}
