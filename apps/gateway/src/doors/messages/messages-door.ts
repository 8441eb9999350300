import {
  chatRequestProblem,
  parseCountTokensRequest,
  parseMessagesRequest,
  type ChatRequest,
  type MessagesRequest,
  type ParsedMessagesRequest,
} from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { ChatAdapter } from '@trunkline/providers';
import { FollowSource } from '../../streaming/follow-source.js';
import type { FrameSource } from '../../streaming/stream-piece.js';
import { TranslateSource } from '../../streaming/translate-source.js';
import type { AnswerFacts, AnswerNames, ChatDoor, ClientCall, WholeAnswer } from '../chat-door.js';
import { lossesOf } from '../answer-losses.js';
import { MessagesPrinter, UNCARRIED_BY_MESSAGES } from './messages-printer.js';
import { nativeOnly, uncarried, webSearchAt } from './native-parts.js';
import { assembleMessage, printMessage } from './print-message.js';
import { SourcePaths } from './source-paths.js';
import { stopOf } from './stop-reason.js';
import { toChatRequest } from './to-chat-request.js';

/** Anthropic's Messages. */
export const messagesDoor: ChatDoor = {
  endpoint: 'messages',
  read(json, { betas }) {
    return new MessagesCall(readMessages(parseMessagesRequest(json)), betas);
  },
};

/** The same request without a limit, whose tokens are counted. */
export const countTokensDoor: ChatDoor = {
  endpoint: 'messages',
  read: (json, { betas }) => new MessagesCall(readMessages(parseCountTokensRequest(json)), betas),
};

/** The request of a check that went well. @throws AppError 400 that names the field at fault */
export function readMessages(parsed: ParsedMessagesRequest): MessagesRequest {
  if (parsed.ok) return parsed.request;
  const { code, param, message } = parsed.issue;
  throw new AppError(code, { publicMessage: message, param });
}

/**
 * The canonical request, checked beyond its types.
 * @throws AppError 400 that names the field at fault, in Anthropic's words
 */
function readChatRequest(said: MessagesRequest, paths: SourcePaths): ChatRequest {
  const request = toChatRequest(said, paths);
  const problem = chatRequestProblem(request);
  if (problem === null) return request;
  const param = paths.pathOf(request, problem.path.join('.'));
  throw new AppError('invalid_value', { publicMessage: `${param}: it ${problem.reason}.`, param });
}

export class MessagesCall implements ClientCall {
  readonly endpoint = 'messages';
  readonly protocol = 'anthropic-messages';
  readonly request: ChatRequest;
  readonly native: Readonly<Record<string, unknown>>;
  readonly nativeHeaders: Readonly<Record<string, string>>;
  readonly nativeOnly: string | null;
  readonly nativeFirst: boolean;
  private readonly paths = new SourcePaths();

  constructor(
    private readonly said: MessagesRequest,
    betas: string | null,
  ) {
    this.native = said;
    this.nativeHeaders = betas === null ? {} : { 'anthropic-beta': betas };
    this.request = readChatRequest(said, this.paths);
    this.nativeOnly = nativeOnly(said);
    this.nativeFirst = webSearchAt(said) >= 0;
  }

  uncarried(): readonly string[] {
    return uncarried(this.said);
  }

  fieldOf(param: string): string {
    return this.paths.pathOf(this.request, param);
  }

  memberOf(path: string): string {
    return this.paths.memberOf(this.request, path);
  }

  newPrinter(): MessagesPrinter {
    return new MessagesPrinter(this.stopSequences);
  }

  newSource(adapter: ChatAdapter): FrameSource {
    const decoder = adapter.decoder({ choices: 1 });
    const printer = this.newPrinter();
    return adapter.protocol === this.protocol
      ? new FollowSource(decoder, printer)
      : new TranslateSource(decoder, printer);
  }

  lostIn(answer: WholeAnswer): readonly string[] {
    return lossesOf(answer, UNCARRIED_BY_MESSAGES);
  }

  printWhole(answer: WholeAnswer, facts: AnswerFacts): string {
    return printMessage(answer, facts, this.stopSequences);
  }

  assemble(sent: string, facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>): unknown {
    const { finishReason: reason } = facts;
    const ended = stopOf({ reason, native: null, refusal: '', stopSequences: this.stopSequences });
    return assembleMessage(sent, facts, ended);
  }

  private get stopSequences(): readonly string[] {
    return this.said.stop_sequences ?? [];
  }
}
