import type { ResponseItem, StoredResponse } from '@trunkline/contracts';
import type { ChatAdapter } from '@trunkline/providers';
import type { RequestContext } from '../../pipeline/request-context.js';
import { FollowSource } from '../../streaming/follow-source.js';
import type { FrameSource } from '../../streaming/stream-piece.js';
import { TranslateSource } from '../../streaming/translate-source.js';
import type {
  AnswerFacts,
  AnswerNames,
  BackgroundWish,
  ChatDoor,
  ClientCall,
  WholeAnswer,
} from '../chat-door.js';
import { lossesOf } from '../answer-losses.js';
import { assembleResponse } from './assemble-response.js';
import { isInItem } from './print/images-writer.js';
import { wholeResponse } from './print/print-whole.js';
import { backgroundId } from './background-id.js';
import {
  echoOf,
  shellOf,
  type JsonObject,
  type OwnFields,
  type ResponseNames,
} from './print/response-object.js';
import {
  ResponsesPrinter,
  UNCARRIED_BY_RESPONSES,
  type ResponsesPrinterInput,
} from './print/responses-printer.js';
import { badField } from './read/bad-field.js';
import { ownParam } from './read/own-param.js';
import { withOwnImagesShown } from './read/read-image-call.js';
import { readRequest, type ReadRequest } from './read/read-request.js';

/** What a response has to do with others that are kept. */
export interface ResponseKeeping {
  /** Items of the response that this one follows. */
  readonly earlier: readonly ResponseItem[];
  /** Items that the request names by their ids. */
  readonly named: ReadonlyMap<string, ResponseItem>;
  /** Takes an answer that ended well; a string where none is kept, which says why. */
  readonly keep: ((kept: StoredResponse) => void) | string;
}

/** OpenAI's Responses. A door of its own for each call, since what the call follows has been looked up for it. */
export function responsesDoor({ earlier, named, keep }: ResponseKeeping): ChatDoor {
  return {
    endpoint: 'responses',
    read: (json, context) => new ResponsesCall(readRequest(json, earlier, named), context, keep),
  };
}

class ResponsesCall implements ClientCall {
  readonly endpoint = 'responses';
  readonly protocol = 'openai-responses';
  readonly request: ClientCall['request'];
  readonly native: Readonly<Record<string, unknown>>;
  readonly nativeOnly: string | null;
  readonly nativeFirst: boolean;
  readonly background: BackgroundWish | null;
  private itemCount = 0;

  constructor(
    private readonly read: ReadRequest,
    private readonly context: RequestContext,
    private readonly keep: ResponseKeeping['keep'],
  ) {
    const { previous_response_id: _earlier, ...body } = read.body;
    this.request = read.chat;
    this.native = { ...body, input: withOwnImagesShown(read.items) };
    this.nativeOnly = read.needed;
    this.nativeFirst = read.toolNames.hosted.size > 0;
    this.background = read.body.background === true ? this.inBackground() : null;
  }

  uncarried(): readonly string[] {
    return this.read.lost;
  }

  fieldOf(param: string): string {
    return ownParam(param, this.read.paths);
  }

  memberOf(path: string): string {
    return ownParam(path, this.read.paths);
  }

  newPrinter(): ResponsesPrinter {
    return new ResponsesPrinter(this.printing());
  }

  newSource(adapter: ChatAdapter): FrameSource {
    const decoder = adapter.decoder({ choices: 1 });
    const printer = this.newPrinter();
    return adapter.protocol === this.protocol
      ? new FollowSource(decoder, printer)
      : new TranslateSource(decoder, printer);
  }

  lostIn(whole: WholeAnswer): readonly string[] {
    const losses = lossesOf(whole, UNCARRIED_BY_RESPONSES);
    const images = whole.native === null ? whole.answer.choices[0]?.message.images : undefined;
    const isAway = images?.some(({ image_url: image }) => !isInItem(image.url)) === true;
    return isAway ? [...losses, 'answer.images'] : losses;
  }

  printWhole(answer: WholeAnswer, facts: AnswerFacts): string {
    const response = wholeResponse(answer, facts, this.printing());
    this.answered(response);
    return JSON.stringify(response);
  }

  assemble(sent: string, facts: AnswerNames & Pick<AnswerFacts, 'finishReason'>): unknown {
    return assembleResponse(sent, facts);
  }

  private printing(): ResponsesPrinterInput {
    const { body, toolNames } = this.read;
    return {
      echo: echoOf(body),
      own: this.own(),
      names: this.names(),
      toolNames,
      newId: (prefix) => this.newItemId(prefix),
      onAnswer: (response) => this.answered(response),
    };
  }

  private own(): OwnFields {
    const { body } = this.read;
    return {
      store: this.isKept,
      previous_response_id: body.previous_response_id ?? null,
      metadata: body.metadata ?? {},
      ...(body.background === true ? { id: backgroundId(this.context.id), background: true } : {}),
    };
  }

  private names(): ResponseNames {
    const { id, beganMs } = this.context;
    const model = this.read.body.model ?? '';
    return { id: `resp_${id}`, model, createdSeconds: Math.floor(beganMs / 1000) };
  }

  /** @throws AppError 400 where the response would not be kept, so that nobody could ask for it */
  private inBackground(): BackgroundWish {
    const { body, items } = this.read;
    if (body.store === false) throw badField('background', "it needs 'store', which is switched off");
    if (typeof this.keep === 'string') throw badField('background', this.keep);
    const response = shellOf('queued', this.names(), echoOf(body), this.own());
    return { isFollowed: body.stream === true, begun: { items, response } };
  }

  private get isKept(): boolean {
    return typeof this.keep !== 'string' && this.read.body.store !== false;
  }

  /** What runs in the background is kept by who runs it, however it ends. */
  private answered(response: JsonObject): void {
    if (typeof this.keep === 'string' || !this.isKept || this.background) return;
    this.keep({ items: this.read.items, response });
  }

  /** As OpenAI's look: what it is, and 32 digits or more. */
  private newItemId(prefix: string): string {
    this.itemCount += 1;
    return `${prefix}_${this.context.id.replaceAll('-', '')}${this.itemCount.toString(16).padStart(4, '0')}`;
  }
}
