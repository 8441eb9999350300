import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { toAppError } from '@trunkline/errors';
import { countTextsInSlices, estimateChatPrompt, forTokenizerOf, readChatPrompt } from '@trunkline/tokens';
import { GatewayParts } from '../pipeline/gateway-parts.js';
import type { RequestContext } from '../pipeline/request-context.js';
import { RouteTables } from '../pipeline/route-tables.js';
import { parse } from '../pipeline/stages/parse.js';
import { route } from '../pipeline/stages/route.js';
import type { ChatDoor } from './chat-door.js';

/** Counting takes about half a second for each MB of text; more than this is estimated, which takes none. */
const MAX_COUNTED_CHARACTERS = 1024 * 1024;

/**
 * Counts what a request would be as a prompt, with our own tokenizer and the model's factor. No provider is asked, so
 * that it answers when none can, and nothing is charged.
 * https://platform.claude.com/docs/en/build-with-claude/token-counting
 * https://platform.openai.com/docs/api-reference/responses/input-tokens
 */
@Injectable()
export class TokenCounter {
  constructor(
    private readonly parts: GatewayParts,
    private readonly tables: RouteTables,
  ) {}

  /** @throws AppError 400 for a request that is not valid, 404 for a model that the key cannot call */
  async count(door: ChatDoor, context: RequestContext, body: Buffer): Promise<number> {
    const { principal, beganMs } = context;
    if (!principal) throw toAppError(new Error('the request was not authenticated'));
    const call = parse(door, context, body);
    const { plan } = route(this.tables, this.parts.projections.catalog(), principal, call, beganMs);
    const { tokens, texts } = readChatPrompt(call.request);
    const isLong = texts.reduce((sum, text) => sum + text.length, 0) > MAX_COUNTED_CHARACTERS;
    const counted = isLong
      ? estimateChatPrompt(call.request)
      : tokens + (await countTextsInSlices(texts, immediate));
    const [first] = plan.targets;
    return first ? forTokenizerOf(first.model.id, counted) : counted;
  }
}
