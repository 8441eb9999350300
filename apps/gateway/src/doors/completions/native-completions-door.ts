import { completionsRequestSchema, type CompletionsRequest } from '@trunkline/contracts';
import type { AppError } from '@trunkline/errors';
import { errorFrame } from '@trunkline/errors';
import type { AnswerPiece, Completion } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import { usageObject } from '../../billing/usage-object.js';
import type { RequestContext } from '../../pipeline/request-context.js';
import { countTexts } from '../count-inputs.js';
import type { EndpointDoor, EndpointFacts, PiecePrinter } from '../endpoint-door.js';
import { WrittenCompletion } from './written-completion.js';
import { readRequest, wishesIn } from '../read-request.js';

/** Of an answer that the client does not limit. */
const EXPECTED_TOKENS = 1_000;

/** OpenAI's older completions at offers that have them: every parameter as its client wrote it. */
export const nativeCompletionsDoor: EndpointDoor<CompletionsRequest, Completion> = {
  read(body, context) {
    const request = readRequest(completionsRequestSchema, body);
    const prompts = promptsOf(request);
    const sizes = prompts.map((prompt) =>
      typeof prompt === 'string' ? estimateText(prompt) : prompt.length,
    );
    const answers = Math.max(1, prompts.length) * Math.max(request.n ?? 1, request.best_of ?? 1);
    const outputTokens = answers * (request.max_tokens ?? EXPECTED_TOKENS);
    const promptTokens = Math.ceil(sizes.reduce((sum, size) => sum + size, 1));
    return {
      endpoint: 'completions',
      adapterIn: ({ completions }) => completions,
      request,
      wishes: wishesIn(request),
      stream: request.stream === true,
      form: null,
      expected: { 'input.text': promptTokens, 'output.text': outputTokens },
      longestInputTokens: Math.ceil(Math.max(0, ...sizes)),
      needsImages: false,
      takesFree: false,
      isSlow: false,
      count: async (answer) => ({
        'input.text': Math.max(1, await countPrompts(prompts)),
        'output.text': answer ? await countTexts(answer.choices.map(textOf)) : outputTokens,
      }),
      printWhole: ({ choices }, facts) => ({
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify({ ...namesOf(facts), choices, ...closingOf(facts) }),
      }),
      newKeeper: () => new WrittenCompletion(request),
      newPrinter: () => new ChunkPrinter(context, request.stream_options?.include_usage === true),
      kept: (answer) => answer,
    };
  },
};

function promptsOf({ prompt }: CompletionsRequest): readonly (string | readonly number[])[] {
  if (prompt === null || prompt === undefined) return [];
  if (typeof prompt === 'string') return [prompt];
  return typeof prompt[0] === 'number' ? [prompt as number[]] : (prompt as string[] | number[][]);
}

async function countPrompts(prompts: readonly (string | readonly number[])[]): Promise<number> {
  const given = prompts.reduce((sum, prompt) => sum + (typeof prompt === 'string' ? 0 : prompt.length), 0);
  return given + (await countTexts(prompts.filter((prompt) => typeof prompt === 'string')));
}

function textOf(choice: Readonly<Record<string, unknown>>): string {
  return typeof choice['text'] === 'string' ? choice['text'] : '';
}

function namesOf({ id, createdSeconds, model }: EndpointFacts) {
  return { id, object: 'text_completion', created: createdSeconds, model };
}

function closingOf(facts: EndpointFacts) {
  return { usage: usageObject(facts.usage, facts.costs), ...facts.additions };
}

/** Passes chunks on; usage and cost stand in the last of them, or in one of their own where that was asked for. */
class ChunkPrinter implements PiecePrinter {
  readonly contentType = 'text/event-stream; charset=utf-8';
  private last: Readonly<Record<string, unknown>> | null = null;

  constructor(
    private readonly context: RequestContext,
    private readonly wantsUsageChunk: boolean,
  ) {}

  private get usageChunk(): boolean {
    return this.wantsUsageChunk || this.context.dialect === 'openrouter';
  }

  print(piece: AnswerPiece): string | null {
    if (piece.kind === 'bytes') return null;
    if (!piece.isLast || this.usageChunk) return printed(piece.event);
    const released = this.last ? printed(this.last) : null;
    this.last = piece.event;
    return released;
  }

  close(facts: EndpointFacts): string {
    const last = this.last ?? { ...namesOf(facts), choices: [] };
    return `${printed({ ...last, ...closingOf(facts) })}data: [DONE]\n\n`;
  }

  fail(error: AppError): string {
    const { id, dialect, beganMs } = this.context;
    const createdSeconds = Math.floor(beganMs / 1000);
    return errorFrame(error, dialect, { id, requestId: id, createdSeconds, model: '' });
  }
}

function printed(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
