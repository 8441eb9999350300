import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallEntry } from '../calls/call-log.js';
import { outputTokens } from '../content/answer.js';
import { planAnswers, type Steer } from '../content/plan-answer.js';
import { type Prompt, promptTokens as countPrompt } from '../content/prompt.js';
import type { Endpoint } from '../endpoints/endpoint.js';
import { faultDefinition } from '../faults/fault-catalog.js';
import { earlySteps, isEarly, lateSteps } from '../faults/fault-steps.js';
import type { FaultRule } from '../faults/fault-table.js';
import type { EarlyScene } from '../faults/scene.js';
import { type NativeProblem, RefusedRequest } from '../protocols/native-problem.js';
import type { Operation, Protocol, ReportedUsage } from '../protocols/protocol.js';
import type { ModelOffer } from '../providers/offers.js';
import type { Pace } from '../providers/pace.js';
import type { SimulatedProvider, Simulator } from '../simulator.js';
import type { RequestFacts } from './accept-request.js';
import { emptied, endpointReply, errorEvent } from './plan-endpoint.js';
import { buildReply, EVENT_STREAM, playReply } from './reply.js';
import { END, head, type Step, write } from './steps.js';

export interface ProviderCall {
  readonly simulator: Simulator;
  readonly provider: SimulatedProvider;
  readonly protocol: Protocol;
  readonly operation: Operation | undefined;
  /** Path behind `/p/<provider>`. */
  readonly path: string;
  readonly key: string | undefined;
  /** Whether the provider takes the key. */
  readonly accepted: boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: CallEntry;
}

/** Steps of an answer, and the usage that it reports if it comes to its end. */
export interface Plan {
  readonly steps: Iterable<Step>;
  readonly usage?: ReportedUsage;
}

/** Decides how a call is answered: as its provider would, or as a fault spoils it. */
export function planCall(call: ProviderCall, facts: RequestFacts, fault: FaultRule | undefined): Plan {
  if (fault !== undefined && isEarly(fault.fault))
    return { steps: earlySteps(fault.fault, earlyScene(call, fault, facts.stream)) };
  try {
    return planAnswer(call, facts, fault);
  } catch (error) {
    if (error instanceof RefusedRequest) return { steps: refusalSteps(call, error.problem) };
    throw error;
  }
}

function planAnswer(call: ProviderCall, facts: RequestFacts, fault: FaultRule | undefined): Plan {
  const { simulator, provider, protocol, entry } = call;
  const operation = operationFor(call.operation, facts.body);
  if (!call.accepted) throw new RefusedRequest({ kind: 'unauthorized', key: call.key });
  const problem = facts.refused ?? protocol.checkHeaders(call.request.headers);
  if (problem !== undefined) throw new RefusedRequest(problem);
  if (operation === undefined || operation.kind === 'models') {
    throw new RefusedRequest({ kind: 'route_not_found', method: call.request.method ?? '', path: call.path });
  }
  if (facts.malformed !== undefined)
    throw new RefusedRequest({ kind: 'malformed_json', detail: facts.malformed });
  const offer =
    facts.model === '' || (operation.kind === 'count_tokens' && operation.anyName)
      ? { endpoints: [operation.endpoint] }
      : offerOf(provider, facts.model, operation.endpoint);
  if (operation.kind === 'endpoint') return planEndpoint(call, operation.answer, offer, facts, fault);
  const counted = operation.kind === 'count_tokens' ? operation.counted?.(facts.body) : undefined;
  const prompt = protocol.parse(counted ?? facts.body, offer, provider.profile, facts);
  const promptTokens = countPrompt(prompt);
  entry.promptTokens = promptTokens;
  if (operation.kind === 'count_tokens') return { steps: jsonSteps(call, protocol.tokenCount(promptTokens)) };
  requireLimit(protocol, prompt);
  if (offer.contextWindow !== undefined && promptTokens > offer.contextWindow) {
    throw new RefusedRequest({ kind: 'context_length', windowTokens: offer.contextWindow, promptTokens });
  }
  const steer = steerOf(fault);
  const { answers, directives } = planAnswers({
    providerId: provider.id,
    prompt,
    offer,
    scripts: simulator.scripts,
    ...(steer === undefined ? {} : { steer }),
  });
  const totals = answers.map(outputTokens);
  const output = {
    reasoning: sum(totals.map((one) => one.reasoning)),
    total: sum(totals.map((one) => one.total)),
  };
  const cacheUse = protocol.useCache(
    simulator.promptCache,
    `${provider.id} ${prompt.model}`,
    prompt,
    Date.now(),
  );
  const input = {
    providerId: provider.id,
    profile: provider.profile,
    prompt,
    promptTokens,
    cacheUse,
    answers,
    output,
  };
  const writer = protocol.writer(input);
  const reply = buildReply(input, writer, protocol.headers(provider.id), protocol.streamType);
  const pace = withDirectives(simulator.paceOf(provider.id), directives);
  const usage = {
    promptTokens,
    cacheReadTokens: cacheUse.read,
    cacheWriteTokens: cacheUse.written5m + cacheUse.written1h,
    completionTokens: output.total,
    reasoningTokens: output.reasoning,
  };
  if (fault === undefined) return { steps: playReply(reply, pace), usage };
  const steps = lateSteps(fault.fault, {
    options: fault.options,
    reply,
    pace,
    outputTokens: output.total,
    errorEvent: (event) => writer.error(event),
    refusal: (refused) => protocol.refusal(refused, provider.profile),
  });
  return { steps, usage };
}

function operationFor(operation: Operation | undefined, body: unknown): Operation | undefined {
  return (operation?.kind === 'generate' ? operation.unless?.(body) : undefined) ?? operation;
}

/** An endpoint beside chat: the same faults in an answer of its own. */
function planEndpoint(
  call: ProviderCall,
  answer: Endpoint,
  offer: ModelOffer,
  { body, model }: RequestFacts,
  fault: FaultRule | undefined,
): Plan {
  const { simulator, provider, protocol, entry } = call;
  const input = { body, model, offer, profile: provider.profile };
  const { reply, usage } = endpointReply(answer, input, protocol.headers(provider.id));
  entry.promptTokens = usage.promptTokens;
  const pace = simulator.paceOf(provider.id);
  if (fault === undefined) return { steps: playReply(reply, pace), usage };
  const steps = lateSteps(fault.fault, {
    options: fault.options,
    reply: faultDefinition(fault.fault).steer === 'empty' ? emptied(reply) : reply,
    pace,
    outputTokens: reply.kind === 'stream' ? reply.frames.length - 1 : usage.completionTokens,
    errorEvent,
    refusal: (refused) => protocol.refusal(refused, provider.profile),
  });
  return { steps, usage };
}

/** A token count may leave the limit out; Anthropic's Messages may not. */
function requireLimit(protocol: Protocol, prompt: Prompt): void {
  if (!protocol.requiresLimit || prompt.maxOutputTokens !== undefined) return;
  throw new RefusedRequest({
    kind: 'invalid',
    path: ['max_tokens'],
    reason: 'missing',
    expected: 'max_tokens',
  });
}

function offerOf(provider: SimulatedProvider, model: string, endpoint: string): ModelOffer {
  if (provider.models === undefined) return { endpoints: [endpoint] };
  const offer = provider.models.get(model);
  if (offer === undefined) throw new RefusedRequest({ kind: 'model_not_found', model });
  if (!offer.endpoints.includes(endpoint))
    throw new RefusedRequest({ kind: 'endpoint_not_offered', model, endpoint });
  return offer;
}

function steerOf(fault: FaultRule | undefined): Steer | undefined {
  const to = fault === undefined ? undefined : faultDefinition(fault.fault).steer;
  if (to === undefined) return undefined;
  return to === 'many' ? { to, tokens: fault?.options.events ?? 100_000 } : { to };
}

function withDirectives(
  pace: Pace,
  { ttftMs, gapMs, waitMs }: { ttftMs?: number; gapMs?: number; waitMs?: number },
): Pace {
  return {
    firstTokenMs: ttftMs ?? pace.firstTokenMs,
    gapMs: gapMs ?? pace.gapMs,
    plainMs: waitMs ?? pace.plainMs,
  };
}

export function earlyScene(call: ProviderCall, fault: FaultRule, stream: boolean): EarlyScene {
  const { protocol, provider } = call;
  return {
    options: fault.options,
    stream,
    headers: protocol.headers(provider.id),
    keepAlive: protocol.keepAlive(provider.profile),
    streamType: protocol.streamType ?? EVENT_STREAM,
    refusal: (problem: NativeProblem) => protocol.refusal(problem, provider.profile),
  };
}

/** The provider's own refusal. */
export function* refusalSteps(
  { protocol, provider }: ProviderCall,
  problem: NativeProblem,
  more: Record<string, string> = {},
): Generator<Step> {
  const { status, headers, body } = protocol.refusal(problem, provider.profile);
  yield head(status, {
    ...protocol.headers(provider.id),
    ...headers,
    ...more,
    'content-length': Buffer.byteLength(body),
  });
  yield write(body);
  yield END;
}

function* jsonSteps({ protocol, provider }: ProviderCall, body: string): Generator<Step> {
  yield head(200, {
    'content-type': 'application/json',
    ...protocol.headers(provider.id),
    'content-length': Buffer.byteLength(body),
  });
  yield write(body);
  yield END;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
