import type { Settings } from './params';
import type { Answer } from './stream/answer';
import type { ChatBody } from './stream/stream-chat';

/** A prompt and what each model said to it. */
export interface Turn {
  id: string;
  prompt: string;
  answers: Readonly<Record<string, Answer>>;
}

/** What one model is sent: its own part of the conversation. */
export function chatBody(
  settings: Settings,
  model: string,
  turns: readonly Turn[],
  prompt: string,
): ChatBody {
  const said = turns.flatMap((turn) => {
    const answer = turn.answers[model];
    if (!answer || answer.text === '') return [];
    return [
      { role: 'user' as const, content: turn.prompt },
      { role: 'assistant' as const, content: answer.text },
    ];
  });
  return {
    model,
    messages: [
      ...(settings.system.trim() === '' ? [] : [{ role: 'system' as const, content: settings.system }]),
      ...said,
      { role: 'user', content: prompt },
    ],
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    ...(settings.maxTokens === null ? {} : { max_tokens: settings.maxTokens }),
    ...(settings.topP === null ? {} : { top_p: settings.topP }),
    ...(settings.json ? { response_format: { type: 'json_object' } } : {}),
  };
}
