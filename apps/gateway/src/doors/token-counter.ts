import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ChatRequest } from '@trunkline/contracts';
import { toAppError } from '@trunkline/errors';
import { countTextsInSlices, estimateChatPrompt, forTokenizerOf, readChatPrompt } from '@trunkline/tokens';
import { askTokenCount } from '../pipeline/ask-token-count.js';
import { GatewayParts } from '../pipeline/gateway-parts.js';
import type { RequestContext } from '../pipeline/request-context.js';
import { RouteTables } from '../pipeline/route-tables.js';
import { parse } from '../pipeline/stages/parse.js';
import { route } from '../pipeline/stages/route.js';
import type { ChatDoor } from './chat-door.js';

/** Counting takes about half a second for each MB of text; more than this is estimated, which takes none. */
const MAX_COUNTED_CHARACTERS = 1024 * 1024;

export interface TokenCount {
  readonly tokens: number;
  /** Who counted: the provider that would be asked first, or our own tokenizer. */
  readonly countedBy: 'provider' | 'estimate';
}

/**
 * Counts what a request would be as a prompt: the provider that would be asked first counts it where it can, and else our
 * own tokenizer with the model's factor, so that there is an answer when no provider gives one. Nothing is charged.
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
  async count(door: ChatDoor, context: RequestContext, body: Buffer): Promise<TokenCount> {
    const { principal, beganMs } = context;
    if (!principal) throw toAppError(new Error('the request was not authenticated'));
    const call = parse(door, context, body);
    const { plan } = route(this.tables, this.parts.projections.catalog(), principal, call, beganMs);
    const [first] = plan.targets;
    const said = first ? await askTokenCount({ parts: this.parts, context, call, target: first }) : null;
    if (said !== null) return { tokens: said, countedBy: 'provider' };
    const counted = await estimate(call.request);
    return { tokens: first ? forTokenizerOf(first.model.id, counted) : counted, countedBy: 'estimate' };
  }
}

async function estimate(request: ChatRequest): Promise<number> {
  const { tokens, texts } = readChatPrompt(request);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return characters > MAX_COUNTED_CHARACTERS
    ? estimateChatPrompt(request)
    : tokens + (await countTextsInSlices(texts, immediate));
}
