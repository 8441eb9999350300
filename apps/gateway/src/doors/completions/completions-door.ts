import { completionsRequestSchema, type ChatAnswerChoice, type ChatRequest } from '@trunkline/contracts';
import type { ChatAdapter } from '@trunkline/providers';
import type { RequestContext } from '../../pipeline/request-context.js';
import type { FrameSource } from '../../streaming/stream-piece.js';
import { TranslateSource } from '../../streaming/translate-source.js';
import type { AnswerFacts, AnswerNames, ChatDoor, ClientCall, WholeAnswer } from '../chat-door.js';
import { lossesOf } from '../answer-losses.js';
import { readRequest } from '../read-request.js';
import { completionLogprobs } from './completion-logprobs.js';
import { chatRequestOf, promptOf } from './completion-request.js';
import { CompletionsPrinter, UNCARRIED_BY_COMPLETIONS } from './completions-printer.js';

/** OpenAI's older completions, by way of chat. */
export const completionsDoor: ChatDoor = {
  endpoint: 'completions',
  read(json, context) {
    const request = readRequest(completionsRequestSchema, { kind: 'json', value: json });
    return new CompletionsCall(chatRequestOf(request), request.echo ? promptOf(request) : '', context);
  },
};

class CompletionsCall implements ClientCall {
  readonly endpoint = 'completions';
  readonly protocol = 'openai-chat';
  readonly native = null;

  constructor(
    readonly request: ChatRequest,
    private readonly echo: string,
    private readonly context: RequestContext,
  ) {}

  fieldOf(param: string): string {
    if (param.startsWith('messages')) return 'prompt';
    return param === 'top_logprobs' ? 'logprobs' : param;
  }

  newPrinter(): CompletionsPrinter {
    const { dialect, beganMs } = this.context;
    return new CompletionsPrinter({
      dialect,
      usageChunk: dialect === 'openrouter' || this.request.stream_options?.include_usage === true,
      choices: this.choices,
      echo: this.echo,
      createdSeconds: Math.floor(beganMs / 1000),
    });
  }

  newSource(adapter: ChatAdapter): FrameSource {
    return new TranslateSource(adapter.decoder({ choices: this.choices }), this.newPrinter());
  }

  private get choices(): number {
    return this.request.n ?? 1;
  }

  lostIn(answer: WholeAnswer): readonly string[] {
    return lossesOf(answer, UNCARRIED_BY_COMPLETIONS);
  }

  printWhole({ answer }: WholeAnswer, facts: AnswerFacts): string {
    return JSON.stringify({
      id: facts.id,
      object: 'text_completion',
      created: facts.createdSeconds,
      model: facts.model,
      choices: answer.choices.map((choice) => this.printChoice(choice)),
      usage: facts.usageObject,
      ...facts.additions,
    });
  }

  private printChoice({ index, message, finish_reason: finishReason, logprobs }: ChatAnswerChoice) {
    const text = this.echo + (message.content ?? message.refusal ?? '');
    const reasoning = message.reasoning ?? message.reasoning_content;
    return {
      index,
      text,
      logprobs: completionLogprobs(logprobs, this.echo.length),
      finish_reason: finishReason,
      ...(reasoning ? { reasoning } : {}),
    };
  }

  assemble(sent: string, facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>): unknown {
    const text = sent
      .split('\n')
      .flatMap((line) => (line.startsWith('data: {') ? [textOf(line.slice('data: '.length))] : []))
      .join('');
    return {
      id: facts.id,
      object: 'text_completion',
      created: facts.createdSeconds,
      model: facts.model,
      choices: [{ index: 0, text, logprobs: null, finish_reason: facts.finishReason }],
    };
  }
}

/** Text of the first choice in a chunk; '' where the frame is cut. */
function textOf(json: string): string {
  try {
    const { choices = [] } = JSON.parse(json) as { choices?: { index?: number; text?: string }[] };
    return choices.find(({ index = 0 }) => index === 0)?.text ?? '';
  } catch {
    return '';
  }
}
