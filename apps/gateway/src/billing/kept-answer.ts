import type { AnswerProgress } from '@trunkline/providers';

/** The body log keeps this much of a side. */
const MAX_KEPT_BYTES = 256 * 1024;

/** A copy of what a stream sent, for projects that keep bodies. */
export class KeptAnswer {
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  add(bytes: Buffer | string): void {
    if (this.bytes >= MAX_KEPT_BYTES) return;
    const part = Buffer.from(bytes);
    this.parts.push(part);
    this.bytes += part.length;
  }

  /** The answer as a `chat.completion`, put together from the chunks that went out. */
  print(progress: AnswerProgress): Buffer {
    const message: KeptMessage = { role: 'assistant', content: null };
    for (const line of Buffer.concat(this.parts, this.bytes).toString('utf8').split('\n')) {
      if (line.startsWith('data: {')) addChunk(message, line.slice(6));
    }
    return Buffer.from(
      JSON.stringify({
        id: progress.id,
        object: 'chat.completion',
        created: progress.createdSeconds,
        model: progress.model,
        choices: [{ index: 0, message, finish_reason: progress.finishReason }],
      }),
    );
  }
}

interface KeptMessage {
  role: 'assistant';
  content: string | null;
  reasoning?: string;
  refusal?: string;
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
}

interface KeptDelta {
  content?: string | null;
  reasoning?: string | null;
  reasoning_content?: string | null;
  refusal?: string | null;
  tool_calls?: {
    index?: number;
    id?: string;
    type?: string;
    function?: { name?: string; arguments?: string };
  }[];
}

function addChunk(message: KeptMessage, json: string): void {
  const delta = firstDelta(json);
  if (!delta) return;
  if (delta.content) message.content = (message.content ?? '') + delta.content;
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  if (reasoning) message.reasoning = (message.reasoning ?? '') + reasoning;
  if (delta.refusal) message.refusal = (message.refusal ?? '') + delta.refusal;
  for (const part of delta.tool_calls ?? []) {
    message.tool_calls ??= [];
    const index = part.index ?? 0;
    const call = (message.tool_calls[index] ??= {
      id: '',
      type: 'function',
      function: { name: '', arguments: '' },
    });
    call.id ||= part.id ?? '';
    call.function.name ||= part.function?.name ?? '';
    call.function.arguments += part.function?.arguments ?? '';
  }
}

/** The delta of the first choice; null where the frame is cut or carries none. */
function firstDelta(json: string): KeptDelta | null {
  try {
    const chunk = JSON.parse(json) as { choices?: { index?: number; delta?: KeptDelta }[] };
    return chunk.choices?.find((choice) => (choice.index ?? 0) === 0)?.delta ?? null;
  } catch {
    return null;
  }
}
