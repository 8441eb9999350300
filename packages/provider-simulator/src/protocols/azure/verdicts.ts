import type { Frame, ReplyInput, ReplyWriter } from '../protocol.js';
import { chatWriter } from '../openai/reply.js';

const SAFE = { hate: { filtered: false, severity: 'safe' }, violence: { filtered: false, severity: 'safe' } };
const OF_PROMPT = [
  { prompt_index: 0, content_filter_results: { ...SAFE, jailbreak: { filtered: false, detected: false } } },
];

/**
 * Writes a chat completion with the content filter's verdicts: on the prompt in a chunk without choices that comes first,
 * on the answer in every choice.
 * https://learn.microsoft.com/en-us/azure/foundry/openai/concepts/content-streaming
 */
export function azureWriter(input: ReplyInput): ReplyWriter {
  const writer = chatWriter(input);
  const judged = (frame: Frame): Frame => ({ ...frame, data: withVerdict(frame.data.toString()) });
  const prompt = { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: OF_PROMPT };
  return {
    ...writer,
    plain: () => {
      const [, members] = /^\{([\s\S]*)\}$/u.exec(withVerdict(writer.plain())) ?? [];
      return `{"prompt_filter_results":${JSON.stringify(OF_PROMPT)},${members}}`;
    },
    open: () => [
      { data: `data: ${JSON.stringify(prompt)}\n\n`, phase: 'open', tokens: 0 },
      ...writer.open().map(judged),
    ],
    piece: (choice, piece) => writer.piece(choice, piece).map(judged),
    close: () => writer.close().map(judged),
  };
}

/** Only the first choice of a chunk or an answer is judged: it is the only one that matters to who reads it. */
function withVerdict(json: string): string {
  return json.replace('"choices":[{', `"choices":[{"content_filter_results":${JSON.stringify(SAFE)},`);
}
