import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { parseCountTokensRequest } from '@trunkline/contracts';
import { toAppError } from '@trunkline/errors';
import { countTextsInSlices, forTokenizerOf, readChatPrompt } from '@trunkline/tokens';
import { GatewayParts } from '../../pipeline/gateway-parts.js';
import type { RequestContext } from '../../pipeline/request-context.js';
import { RouteTables } from '../../pipeline/route-tables.js';
import { parse } from '../../pipeline/stages/parse.js';
import { route } from '../../pipeline/stages/route.js';
import type { ChatDoor } from '../chat-door.js';
import { MessagesCall, readMessages } from './messages-door.js';

/** The same request without a limit. */
const countTokensDoor: ChatDoor = {
  endpoint: 'messages',
  read: (json, { betas }) => new MessagesCall(readMessages(parseCountTokensRequest(json)), betas),
};

/**
 * Counts what a Messages request would be as a prompt, with our own tokenizer and the model's factor. No provider is
 * asked, so that it answers when none can, and nothing is charged.
 * https://platform.claude.com/docs/en/build-with-claude/token-counting
 */
@Injectable()
export class TokenCounter {
  constructor(
    private readonly parts: GatewayParts,
    private readonly tables: RouteTables,
  ) {}

  /** @throws AppError 400 for a request that is not valid, 404 for a model that the key cannot call */
  async count(context: RequestContext, body: Buffer): Promise<number> {
    const { principal, beganMs } = context;
    if (!principal) throw toAppError(new Error('the request was not authenticated'));
    const call = parse(countTokensDoor, context, body);
    const { plan } = route(this.tables, this.parts.projections.catalog(), principal, call, beganMs);
    const { tokens, texts } = readChatPrompt(call.request);
    const counted = tokens + (await countTextsInSlices(texts, immediate));
    const [first] = plan.targets;
    return first ? forTokenizerOf(first.model.id, counted) : counted;
  }
}
