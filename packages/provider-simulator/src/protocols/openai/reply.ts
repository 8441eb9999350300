import type { Answer, AnswerPiece, Finish } from '../../content/answer.js';
import type { NativeProblem } from '../native-problem.js';
import { nativeId } from '../native-ids.js';
import type { Frame, FramePhase, ReplyInput, ReplyWriter } from '../protocol.js';
import { openAiErrorObject } from './errors.js';
import { openAiUsage } from './usage.js';

const FINISH_REASONS: Readonly<Record<Finish['kind'], string>> = {
  stop: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
};

/** Writes a chat completion, whole or in chunks. https://platform.openai.com/docs/api-reference/chat-streaming */
export function chatWriter(input: ReplyInput): ReplyWriter {
  const { prompt, profile, answers } = input;
  const id = nativeId('chatcmpl-', 29);
  const created = Math.floor(Date.now() / 1_000);
  const head = {
    model: prompt.model,
    service_tier: 'default',
    system_fingerprint: 'fp_simulated',
    ...(profile.reportsCost ? { provider: 'Simulated' } : {}),
  };
  const opening = `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, ...head }).slice(0, -1)},"choices":[`;
  const closing =
    prompt.includeUsage && profile.streamUsage === 'on_request' ? '],"usage":null}\n\n' : ']}\n\n';
  const chunk = (choice: unknown): string =>
    opening + (choice === undefined ? '' : JSON.stringify(choice)) + closing;
  const delta = (index: number, change: unknown, finish: string | null = null): string =>
    chunk({ index, delta: change, logprobs: null, finish_reason: finish });
  const frame = (phase: FramePhase, data: string, tokens = 0): Frame => ({ data, phase, tokens });
  const toolIds = answers.map((answer) => answer.toolCalls.map(() => nativeId('call_')));

  return {
    plain: () =>
      JSON.stringify({
        id,
        object: 'chat.completion',
        created,
        ...head,
        choices: answers.map((answer, index) => plainChoice(answer, index, toolIds[index] ?? [], input)),
        usage: openAiUsage(input),
      }),
    open: () =>
      answers.map((_, index) =>
        frame('open', delta(index, { role: 'assistant', content: '', refusal: null })),
      ),
    piece: (choice, piece) => {
      const change = pieceDelta(piece, toolIds[choice] ?? [], input);
      return [frame(piece.kind, change === undefined ? '' : delta(choice, change), piece.tokens)];
    },
    close: () => {
      const usage = openAiUsage(input);
      const withFinish = profile.streamUsage === 'with_finish';
      const frames = answers.map((answer, index) => {
        const isLast = index === answers.length - 1;
        const finish = delta(index, {}, FINISH_REASONS[answer.finish.kind]);
        return frame(
          'finish',
          isLast
            ? lastFinish(finish, {
                ...(withFinish ? { usage } : {}),
                ...(profile.xGroq ? { x_groq: { id, usage } } : {}),
              })
            : finish,
        );
      });
      if (prompt.includeUsage && !withFinish)
        frames.push(frame('finish', `${opening}],"usage":${JSON.stringify(usage)}}\n\n`));
      return [...frames, frame('terminal', 'data: [DONE]\n\n')];
    },
    error: (problem: NativeProblem) => `data: ${JSON.stringify(openAiErrorObject(problem, profile))}\n\n`,
  };
}

function lastFinish(chunk: string, added: Record<string, unknown>): string {
  const members = JSON.stringify(added).slice(1, -1);
  return members === '' ? chunk : `${chunk.slice(0, chunk.lastIndexOf('}'))},${members}}\n\n`;
}

function pieceDelta(piece: AnswerPiece, ids: readonly string[], { profile }: ReplyInput): unknown {
  switch (piece.kind) {
    case 'text':
      return { content: piece.text };
    case 'tool':
      return {
        tool_calls: [
          {
            index: piece.index,
            id: ids[piece.index],
            type: 'function',
            function: { name: piece.name, arguments: '' },
          },
        ],
      };
    case 'arguments':
      return { tool_calls: [{ index: piece.index, function: { arguments: piece.text } }] };
    case 'reasoning':
      return reasoningMember(piece.text, profile.reasoningField);
  }
}

function reasoningMember(
  text: string,
  field: ReplyInput['profile']['reasoningField'],
): Record<string, unknown> | undefined {
  switch (field) {
    case 'hidden':
      return undefined;
    case 'thinking_parts':
      return { content: [thinkingPart(text)] };
    case 'reasoning':
      return { reasoning: text, reasoning_details: [{ type: 'reasoning.text', text, index: 0 }] };
    case 'reasoning_content':
      return { reasoning_content: text };
  }
}

function thinkingPart(text: string): unknown {
  return { type: 'thinking', thinking: [{ type: 'text', text }] };
}

function plainChoice(
  answer: Answer,
  index: number,
  ids: readonly string[],
  { profile }: ReplyInput,
): unknown {
  const calls = answer.toolCalls.map((call, at) => ({
    id: ids[at],
    type: 'function',
    function: { name: call.name, arguments: call.argumentsText },
  }));
  const text = answer.text === '' && calls.length > 0 ? null : answer.text;
  const hasReasoning = answer.reasoning !== '';
  const inParts = hasReasoning && profile.reasoningField === 'thinking_parts';
  return {
    index,
    message: {
      role: 'assistant',
      content: inParts ? [thinkingPart(answer.reasoning), { type: 'text', text: answer.text }] : text,
      refusal: null,
      ...(hasReasoning && !inParts ? reasoningMember(answer.reasoning, profile.reasoningField) : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
    logprobs: null,
    finish_reason: FINISH_REASONS[answer.finish.kind],
  };
}
