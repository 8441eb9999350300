import type { Answer } from '../../content/answer.js';
import { nativeId } from '../native-ids.js';
import type { ReplyInput } from '../protocol.js';
import { sealReasoning } from './sealed-reasoning.js';

export type OutputItem = Record<string, unknown> & { readonly id: string; readonly type: string };

/** The items of an answer, in their order, with the ids that they have all the way. */
export interface Output {
  readonly reasoning: OutputItem | undefined;
  readonly message: OutputItem | undefined;
  readonly calls: readonly OutputItem[];
  readonly items: readonly OutputItem[];
}

/** https://platform.openai.com/docs/api-reference/responses/object#responses/object-output */
export function outputOf(answer: Answer, { prompt }: ReplyInput): Output {
  const isCut = answer.finish.kind === 'length' || answer.finish.kind === 'content_filter';
  const status = isCut ? 'incomplete' : 'completed';
  const reasoning =
    answer.reasoning === ''
      ? undefined
      : {
          id: nativeId('rs_', 48),
          type: 'reasoning',
          summary: prompt.showsReasoning === true ? [{ type: 'summary_text', text: answer.reasoning }] : [],
          ...(prompt.sealsReasoning === true ? { encrypted_content: sealReasoning(answer.reasoning) } : {}),
        };
  const message =
    answer.text === ''
      ? undefined
      : {
          id: nativeId('msg_', 48),
          type: 'message',
          status,
          role: 'assistant',
          content: [{ type: 'output_text', text: answer.text, annotations: [], logprobs: [] }],
        };
  const calls = answer.toolCalls.map(({ name, argumentsText }, index) => ({
    id: nativeId('fc_', 48),
    type: 'function_call',
    status: index === answer.toolCalls.length - 1 ? status : 'completed',
    call_id: nativeId('call_'),
    name,
    arguments: argumentsText,
  }));
  const items = [reasoning, message, ...calls].filter((item) => item !== undefined);
  return { reasoning, message, calls, items };
}

/** https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage */
export function responsesUsage({ promptTokens, cacheUse, output }: ReplyInput): Record<string, unknown> {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cacheUse.read },
    output_tokens: output.total,
    output_tokens_details: { reasoning_tokens: output.reasoning },
    total_tokens: promptTokens + output.total,
  };
}
