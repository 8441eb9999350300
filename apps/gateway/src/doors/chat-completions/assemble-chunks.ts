import type { AnswerFacts, AnswerNames } from '../chat-door.js';

/** The answer of the first choice as a `chat.completion`, put together from the chunks that went out. */
export function assembleChunks(
  sent: string,
  facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>,
): unknown {
  const message: KeptMessage = { role: 'assistant', content: null };
  for (const line of sent.split('\n')) {
    const delta = line.startsWith('data: {') ? firstDelta(line.slice(6)) : null;
    if (delta) addDelta(message, delta);
  }
  return {
    id: facts.id,
    object: 'chat.completion',
    created: facts.createdSeconds,
    model: facts.model,
    choices: [{ index: 0, message, finish_reason: facts.finishReason }],
  };
}

interface KeptMessage {
  role: 'assistant';
  content: string | null;
  reasoning?: string;
  refusal?: string;
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
  annotations?: unknown[];
  citations?: unknown[];
  images?: unknown[];
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
  annotations?: unknown;
  citations?: unknown;
  images?: unknown;
}

function addDelta(message: KeptMessage, delta: KeptDelta): void {
  if (delta.content) message.content = (message.content ?? '') + delta.content;
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  if (reasoning) message.reasoning = (message.reasoning ?? '') + reasoning;
  for (const list of ['annotations', 'citations', 'images'] as const)
    if (Array.isArray(delta[list])) message[list] = [...(message[list] ?? []), ...(delta[list] as unknown[])];
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
