import type { Target } from '@trunkline/routing';
import { beginTrace } from '../failover/attempt-runner.js';
import { AttemptClocks, type Timeouts } from '../failover/clocks.js';
import { PlainBody } from '../streaming/plain-body.js';
import { besideOrigin } from '../upstream/beside-origin.js';
import { outgoingHeaders } from '../upstream/outgoing-headers.js';
import { authorizeTarget, forgetRefusedToken } from './authorize-target.js';
import type { ParsedCall } from './call.js';
import { deploymentOf } from './deployment-of.js';
import type { GatewayParts } from './gateway-parts.js';
import { newAttemptId } from './new-id.js';
import type { RequestContext } from './request-context.js';
import { wayToChat } from './way-to-chat.js';

/** An estimate is at hand, which is not worse by much: nobody waits long for a better figure. */
const WAIT_MS = 2_000;
const CLOCKS: Timeouts = {
  connectMs: 1_000,
  headersMs: WAIT_MS,
  firstTokenMs: WAIT_MS,
  gapMs: WAIT_MS,
  totalMs: WAIT_MS,
};

interface CountInput {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly call: ParsedCall;
  readonly target: Target;
}

/**
 * What a target says itself that the prompt of a call has in tokens; null where it does not count, is not well, or does
 * not say in time. Nothing is charged for it, and breakers hear nothing of it: another address answers.
 */
export async function askTokenCount({ parts, context, call, target }: CountInput): Promise<number | null> {
  const { engine, clock } = parts;
  const nowMs = clock.now();
  const adapter = engine.adapters.of(target.entry);
  if (!adapter || engine.breakers.peek(target.key, nowMs) === 'open') return null;
  const asked = chatCallOf(call, target);
  const id = newAttemptId();
  const way = wayToChat(engine.adapters, { target, client: call.client, call: asked, id });
  const counting = way?.chat.tokenCounting;
  if (!way || !counting || way.built.kind === 'refused') return null;
  const request = counting.requestFor(way.built.request, asked);
  const address = engine.pools.of(target.entry.baseUrl, target.ownKey ? 'tenant' : 'operator');
  const origin = besideOrigin(address, request.besides);
  const { cancellation } = context;
  const untilMs = nowMs + WAIT_MS;
  const auth = await authorizeTarget({ parts, adapter, target, origin, request, cancellation, untilMs });
  if (auth.kind === 'failed') return null;
  const body = new PlainBody({
    classify: (response) => way.chat.classifyFailure(response),
    clock,
    clocks: new AttemptClocks(CLOCKS, clock.now(), untilMs),
    trace: beginTrace(id, 1, target, nowMs),
  });
  const forget = cancellation.onCancel(() => body.cancel());
  const { path, headers } = request;
  const read = await body.send(origin, {
    method: 'POST',
    path,
    headers: outgoingHeaders(headers, auth.headers, id),
    body: request.body,
  });
  forget();
  if (read.kind === 'read') return counting.read(read.body);
  forgetRefusedToken(parts, target, read.failure.outcome);
  return null;
}

function chatCallOf({ client, request }: ParsedCall, target: Target) {
  const { native, nativeHeaders: headers, protocol } = client;
  return {
    request,
    native: native ? { protocol, body: native, ...(headers ? { headers } : {}) } : null,
    model: target.providerModel,
    deployment: deploymentOf(target),
    stream: false,
    outputTokenLimit: null,
    baseUrl: target.entry.baseUrl,
    // What the answer may have is no part of what is counted.
    maxOutputTokens: null,
    ownCredential: target.ownKey,
  };
}
