const PROMPTS = [
  'Write two sentences about a harbour at dawn.',
  'Explain in one paragraph why bridges expand in summer.',
  'List three facts about the number seven.',
];

/** Calls of several kinds in turn: plain and streamed, OpenAI's own protocol and a translated one, with and without tools. */
export function mixedCall(index: number): { model: string; stream?: boolean; [name: string]: unknown } {
  const content = `${PROMPTS[index % PROMPTS.length]} (${index})`;
  const messages = [{ role: 'user', content }];
  switch (index % 5) {
    case 0:
      return { model: 'openai/gpt-4o-mini', messages };
    case 1:
      return { model: 'openai/gpt-4o-mini', messages, stream: true };
    case 2:
      return {
        model: 'anthropic/claude-sonnet-4.5',
        messages,
        stream: true,
        stream_options: { include_usage: true },
      };
    case 3:
      return { model: 'anthropic/claude-sonnet-4.5', messages, max_tokens: 60 };
    default:
      return {
        model: 'openai/gpt-4o-mini',
        messages: [{ role: 'user', content: `Use get_weather for Paris. (${index})` }],
        stream: index % 2 === 0,
        tools: [
          {
            type: 'function',
            function: {
              name: 'get_weather',
              parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            },
          },
        ],
      };
  }
}

/** The call of the outage runs: small and of one model, so that it fits the allowance. */
export function smallCall(index: number): { model: string; stream?: boolean; [name: string]: unknown } {
  return {
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: `Say one word about ${index}.` }],
    max_tokens: 40,
    stream: index % 2 === 0,
  };
}

const DOORS = ['/v1/chat/completions', '/v1/messages', '/v1/responses'] as const;

/** Where the n-th call of {@link anyDoorCall} goes. */
export function doorOf(index: number): string {
  return DOORS[index % DOORS.length] ?? DOORS[0];
}

/** A call in each dialect in turn, streamed and not. */
export function anyDoorCall(
  index: number,
  wish: { model: string; prompt: string; provider: object },
): { model: string; stream: boolean; [name: string]: unknown } {
  const { model, prompt, provider } = wish;
  const stream = index % 2 === 0;
  const messages = [{ role: 'user', content: prompt }];
  switch (doorOf(index)) {
    case '/v1/messages':
      return { model, stream, provider, max_tokens: 100, messages };
    case '/v1/responses':
      return { model, stream, provider, input: prompt };
    default:
      return { model, stream, provider, messages };
  }
}
