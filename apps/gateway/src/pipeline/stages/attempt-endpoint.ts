import { addUsage, type UpstreamFailure, type Usage } from '@trunkline/contracts';
import type { EndpointAdapter, EndpointAdapters, EndpointCall, EndpointRequest } from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import {
  runPlan,
  type AttemptResult,
  type AttemptTrace,
  type RunResult,
} from '../../failover/attempt-runner.js';
import { AttemptClocks, GRACE_MS, timeoutsFor, type Timeouts } from '../../failover/clocks.js';
import { Cancellation } from '../../failover/cancellation.js';
import { EndpointStream } from '../../streaming/endpoint-stream.js';
import { PlainBody, type BodyResult } from '../../streaming/plain-body.js';
import { localFailure } from '../../upstream/local-failure.js';
import { multipartBody } from '../../upstream/multipart-body.js';
import { outgoingHeaders } from '../../upstream/outgoing-headers.js';
import type { Origin } from '../../upstream/connection-pools.js';
import type { ExchangeRequest } from '../../upstream/upstream-exchange.js';
import { authorizeTarget, forgetRefusedToken } from '../authorize-target.js';
import { withCleanFailure } from '../clean-failure.js';
import { deploymentOf } from '../deployment-of.js';
import type { ReadyEndpointCall } from '../endpoint-call.js';
import type { GatewayParts } from '../gateway-parts.js';
import { hedgeRule } from '../hedge-rule.js';
import { newAttemptId } from '../new-id.js';
import type { Principal } from '../ports.js';
import type { RequestContext } from '../request-context.js';

/** Requests of one attempt that are under way at the same time, where a provider takes less at once than was asked for. */
const AT_ONCE = 4;

/** What an attempt has for the client, and what its target did not get of the request. */
export type CommittedEndpoint<Answer> = { readonly dropped: readonly string[] } & (
  | { readonly kind: 'stream'; readonly stream: EndpointStream }
  | {
      readonly kind: 'whole';
      readonly answer: Answer;
      readonly id: string | null;
      readonly usage: Usage | null;
    }
);

export type AttemptedEndpoint<Answer> = RunResult<CommittedEndpoint<Answer>> & {
  readonly trail: AttemptTrace[];
  /** When the total clock runs out. */
  readonly deadlineMs: number;
};

/** Asks targets in the order of the plan until one has something for the client: the engine of chat. */
export async function attemptEndpoint<Request, Answer>(
  parts: GatewayParts,
  context: RequestContext,
  principal: Principal,
  call: ReadyEndpointCall<Request, Answer>,
): Promise<AttemptedEndpoint<Answer>> {
  const deadlineMs = context.startedMs + endpointTimeouts(call).totalMs;
  const trail: AttemptTrace[] = [];
  const result = await runPlan({
    targets: call.plan.targets,
    organizationId: principal.organization.id,
    clock: parts.clock,
    breakers: parts.engine.breakers,
    streamed: false,
    deadlineMs,
    cancellation: context.cancellation,
    trail,
    random: Math.random,
    newId: newAttemptId,
    send: (trace, cancellation) =>
      sendEndpoint({ parts, call, request: call.client.request, trace, deadlineMs, cancellation }),
    discard: (answer) => {
      if (answer.kind === 'stream') answer.stream.cancel();
    },
    hedge: hedgeRule(parts.engine, call),
  });
  if (result.kind === 'committed') result.trace.committed = true;
  return { ...result, trail, deadlineMs };
}

function endpointTimeouts<Request, Answer>({
  client,
  timeouts,
}: ReadyEndpointCall<Request, Answer>): Timeouts {
  return timeoutsFor({ stream: false, reasons: client.isSlow }, timeouts);
}

/** Sends one attempt to its target. Never rejects. */
export function sendEndpoint<Request, Answer>(
  input: AttemptInput<Request, Answer>,
): Promise<AttemptResult<CommittedEndpoint<Answer>>> {
  return withCleanFailure(input.parts, input.trace.target, new Attempt(input).run());
}

interface AttemptInput<Request, Answer> {
  readonly parts: GatewayParts;
  readonly call: ReadyEndpointCall<Request, Answer>;
  /** The client's, or one that goes on with an answer that broke off. */
  readonly request: Request;
  readonly trace: AttemptTrace;
  readonly deadlineMs: number;
  readonly cancellation: Cancellation;
}

type Failed = Extract<AttemptResult<never>, { kind: 'failed' }>;

/** One attempt: one request, or several where its target takes less at once. */
class Attempt<Request, Answer> {
  private readonly timeouts: Timeouts;

  constructor(private readonly input: AttemptInput<Request, Answer>) {
    this.timeouts = endpointTimeouts(input.call);
  }

  private get target(): Target {
    return this.input.trace.target;
  }

  async run(): Promise<AttemptResult<CommittedEndpoint<Answer>>> {
    const { parts, trace } = this.input;
    const { target } = this;
    const adapter = parts.engine.adapters.of(target.entry)?.endpoints ?? {};
    const endpoint = this.adapterIn(adapter);
    if (!endpoint) return failed(localFailure('model_unavailable', 'There is no adapter for this provider.'));
    const asked = {
      request: this.input.request,
      model: target.providerModel,
      deployment: deploymentOf(target),
      baseUrl: target.entry.baseUrl,
    };
    const built = endpoint.buildRequests(asked);
    if (built.kind === 'refused') return failed(built.failure);
    const reader = endpoint.readerFor?.(asked) ?? null;
    const [first] = built.requests;
    const result =
      reader && first
        ? await this.stream(endpoint, asked, first, reader)
        : await this.whole(endpoint, asked, built.requests);
    if (result.kind === 'failed') {
      forgetRefusedToken(parts, target, result.failure.outcome);
      trace.endedMs ??= parts.clock.now();
      return result;
    }
    return { kind: 'committed', answer: { ...result.answer, dropped: built.dropped } };
  }

  private adapterIn(endpoints: EndpointAdapters) {
    const { client } = this.input.call;
    return this.target.offer.endpoints.includes(client.endpoint) ? client.adapterIn(endpoints) : undefined;
  }

  private async stream(
    endpoint: EndpointAdapter<Request, Answer>,
    asked: EndpointCall<Request>,
    request: EndpointRequest,
    reader: EndpointStream['reader'],
  ): Promise<AttemptResult<{ kind: 'stream'; stream: EndpointStream }>> {
    const { parts, trace, cancellation } = this.input;
    const sent = await this.exchangeOf(request);
    if (sent.kind === 'failed') return sent;
    const stream = new EndpointStream({
      reader,
      classify: (response) => endpoint.classifyFailure(response),
      failureInBody: (body) => {
        const parsed = endpoint.parseAnswers([body], asked);
        return parsed.kind === 'failed'
          ? parsed.failure
          : localFailure('malformed', 'The answer is not of the type that was asked for.');
      },
      clock: parts.clock,
      clocks: this.newClocks(),
      trace,
    });
    const forget = cancellation.onCancel(() => stream.cancel());
    const result = await stream.send(sent.origin, sent.request);
    forget();
    return result.kind === 'failed' ? result : { kind: 'committed', answer: { kind: 'stream', stream } };
  }

  private async whole(
    endpoint: EndpointAdapter<Request, Answer>,
    asked: EndpointCall<Request>,
    requests: readonly EndpointRequest[],
  ): Promise<AttemptResult<Omit<Extract<CommittedEndpoint<Answer>, { kind: 'whole' }>, 'dropped'>>> {
    const { parts, trace } = this.input;
    const bodies: string[] = [];
    for (let from = 0; from < requests.length; from += AT_ONCE) {
      const some = requests.slice(from, from + AT_ONCE);
      const { read, broken } = await this.together(endpoint, some);
      bodies.push(...read.flatMap((result) => (result.kind === 'read' ? [result.body] : [])));
      if (broken) {
        this.noteCostOf(endpoint, bodies);
        return broken;
      }
    }
    const parsed = endpoint.parseAnswers(bodies, asked);
    if (parsed.kind === 'failed') return failed(parsed.failure);
    const nowMs = parts.clock.now();
    trace.firstTokenMs = nowMs;
    trace.endedMs = nowMs;
    const { answer, id, usage } = parsed;
    return { kind: 'committed', answer: { kind: 'whole', answer, id, usage } };
  }

  /** Sends several at the same time. Once one has failed, the others are waited for only to know what they cost. */
  private async together(
    endpoint: EndpointAdapter<Request, Answer>,
    requests: readonly EndpointRequest[],
  ): Promise<{ read: readonly BodyResult[]; broken: Extract<BodyResult, { kind: 'failed' }> | null }> {
    const { parts, cancellation } = this.input;
    const group = new Cancellation();
    const forget = cancellation.onCancel(() => group.cancel());
    let broken: Extract<BodyResult, { kind: 'failed' }> | null = null;
    let cancelTimer = () => {};
    const send = async (request: EndpointRequest): Promise<BodyResult> => {
      const result = await this.exchange(endpoint, request, group);
      if (result.kind === 'failed' && broken === null) {
        broken = result;
        cancelTimer = parts.clock.after(GRACE_MS, () => group.cancel());
      }
      return result;
    };
    const read = await Promise.all(requests.map(send));
    cancelTimer();
    forget();
    return { read, broken };
  }

  private async exchange(
    endpoint: EndpointAdapter<Request, Answer>,
    request: EndpointRequest,
    cancellation: Cancellation,
  ): Promise<BodyResult> {
    const { parts, trace } = this.input;
    const sent = await this.exchangeOf(request);
    if (sent.kind === 'failed') return sent;
    const classify = endpoint.classifyFailure.bind(endpoint);
    const body = new PlainBody({ classify, clock: parts.clock, clocks: this.newClocks(), trace });
    const forget = cancellation.onCancel(() => body.cancel());
    const read = await body.send(sent.origin, sent.request);
    forget();
    return read;
  }

  /** What a provider answered although it failed otherwise is charged to us. */
  private noteCostOf(endpoint: EndpointAdapter<Request, Answer>, bodies: readonly string[]): void {
    let usage: Usage = {};
    for (const body of bodies) usage = addUsage(usage, endpoint.usageIn?.(body) ?? {});
    if (Object.keys(usage).length > 0) this.input.trace.usage = usage;
  }

  /** Clocks begin anew with each request of an attempt, inside the one total clock. */
  private newClocks(): AttemptClocks {
    const { parts, deadlineMs } = this.input;
    return new AttemptClocks(this.timeouts, parts.clock.now(), deadlineMs);
  }

  private async exchangeOf(
    request: EndpointRequest,
  ): Promise<Failed | { kind: 'ready'; origin: Origin; request: ExchangeRequest }> {
    const { parts, call, trace, deadlineMs, cancellation } = this.input;
    const { target } = this;
    const adapter = parts.engine.adapters.of(target.entry);
    if (!adapter) return failed(localFailure('model_unavailable', 'There is no adapter for this provider.'));
    const found = parts.engine.pools.of(target.entry.baseUrl, target.ownKey ? 'tenant' : 'operator');
    const origin = besides(found, request.besides);
    const { headers, body, signed } = bodyOf(request, call);
    const auth = await authorizeTarget({
      parts,
      adapter,
      target,
      origin,
      request: { path: request.path, headers, body: signed },
      cancellation,
      untilMs: Math.min(parts.clock.now() + this.timeouts.firstTokenMs, deadlineMs),
    });
    if (auth.kind === 'failed') return failed(auth.failure);
    return {
      kind: 'ready',
      origin,
      request: {
        method: 'POST',
        path: request.path,
        headers: outgoingHeaders(headers, auth.headers, trace.id),
        body,
      },
    };
  }
}

function bodyOf<Request, Answer>(request: EndpointRequest, { client }: ReadyEndpointCall<Request, Answer>) {
  const { headers = {}, body } = request;
  if (typeof body === 'string')
    return { headers: { 'content-type': 'application/json', ...headers }, body, signed: body };
  const { form } = client;
  const written = multipartBody(body, (file) => {
    if (!form) throw new Error('the request has no files');
    return form.read(file);
  });
  return {
    headers: { ...headers, 'content-type': written.contentType, 'content-length': String(written.bytes) },
    body: () => written.open(),
    signed: '',
  };
}

/** A route that stands beside the base URL's own. */
function besides(origin: Origin, end: string | undefined): Origin {
  const { pathPrefix } = origin;
  return end !== undefined && pathPrefix.endsWith(end)
    ? { ...origin, pathPrefix: pathPrefix.slice(0, -end.length) }
    : origin;
}

function failed(failure: UpstreamFailure): Failed {
  return { kind: 'failed', failure, clock: null };
}
