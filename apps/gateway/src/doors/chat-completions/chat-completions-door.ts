import { parseChatRequest, type ChatRequest } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { ChatAdapter } from '@trunkline/providers';
import type { RequestContext } from '../../pipeline/request-context.js';
import type { FrameSource } from '../../streaming/stream-piece.js';
import { TranslateSource } from '../../streaming/translate-source.js';
import type { AnswerFacts, AnswerNames, ChatDoor, ClientCall, WholeAnswer } from '../chat-door.js';
import { lossesOf } from '../answer-losses.js';
import { assembleChunks } from './assemble-chunks.js';
import { ChatPrinter, UNCARRIED_BY_CHAT } from './chat-printer.js';
import { PassthroughSource } from './passthrough-source.js';

/** OpenAI chat: the dialect of which the canonical form is made. */
export const chatCompletionsDoor: ChatDoor = {
  endpoint: 'chat',
  read(json, context) {
    const parsed = parseChatRequest(json);
    if (parsed.ok) return new ChatCompletionsCall(parsed.request, context);
    const { code, param, message } = parsed.issue;
    throw new AppError(code, { publicMessage: message, param });
  },
};

class ChatCompletionsCall implements ClientCall {
  readonly endpoint = 'chat';
  readonly protocol = 'openai-chat';
  readonly native = null;

  constructor(
    readonly request: ChatRequest,
    private readonly context: RequestContext,
  ) {}

  newPrinter(): ChatPrinter {
    const { dialect, beganMs } = this.context;
    return new ChatPrinter({
      dialect,
      usageChunk: dialect === 'openrouter' || this.request.stream_options?.include_usage === true,
      choices: this.choices,
      createdSeconds: Math.floor(beganMs / 1000),
    });
  }

  newSource(adapter: ChatAdapter): FrameSource {
    const { choices } = this;
    const printer = this.newPrinter();
    return adapter.passthroughReader
      ? new PassthroughSource(
          adapter.passthroughReader({ choices }),
          printer,
          this.context.dialect === 'openrouter',
        )
      : new TranslateSource(adapter.decoder({ choices }), printer);
  }

  private get choices(): number {
    return this.request.n ?? 1;
  }

  lostIn(answer: WholeAnswer): readonly string[] {
    return lossesOf(answer, UNCARRIED_BY_CHAT);
  }

  printWhole({ answer }: WholeAnswer, facts: AnswerFacts): string {
    return JSON.stringify({
      ...answer,
      created: facts.createdSeconds,
      ...(this.context.dialect === 'openrouter'
        ? { system_fingerprint: answer['system_fingerprint'] ?? null }
        : {}),
      usage: facts.usageObject,
      ...facts.additions,
    });
  }

  assemble(sent: string, facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>): unknown {
    return assembleChunks(sent, facts);
  }
}
