import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallEntry } from '../calls/call-log.js';
import { planAnswers, type Steer } from '../content/plan-answer.js';
import { outputTokens } from '../content/answer.js';
import { promptTokens as countPrompt, type Prompt } from '../content/prompt.js';
import { faultDefinition } from '../faults/fault-catalog.js';
import { earlySteps, isEarly, lateSteps } from '../faults/fault-steps.js';
import type { FaultRule } from '../faults/fault-table.js';
import { type NativeProblem, RefusedRequest } from '../protocols/native-problem.js';
import type { Operation, Protocol, ReportedUsage } from '../protocols/protocol.js';
import type { Pace } from '../providers/pace.js';
import type { SimulatedProvider, Simulator } from '../simulator.js';
import { acceptRequest, type RequestFacts } from './accept-request.js';
import { BODY_LIMIT_BYTES, readBody } from './read-body.js';
import { buildReply, playReply } from './reply.js';
import { runSteps } from './run-steps.js';
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

// How long a client that sends too much may read its refusal.
const LET_GO_MS = 1_000;

/** Steps of an answer, and the usage that it reports if it comes to its end. */
interface Plan {
  readonly steps: Iterable<Step>;
  readonly usage?: ReportedUsage;
}

/** Reads a call to a provider, answers it as that provider would, or spoils it, and keeps the log. */
export async function serveProviderCall(call: ProviderCall): Promise<void> {
  const { simulator, provider, request, entry } = call;
  let fault: FaultRule | undefined;
  const { faults } = simulator;
  const decided = faults.concerns(provider.id) && faults.decidesWithoutModel(provider.id);
  if (decided) fault = faults.take(provider.id, '');
  if (fault?.fault === 'refuse') {
    await play(call, fault, { steps: earlySteps('refuse', earlyScene(call, fault, false)) });
    return;
  }
  const body = await readBody(request);
  if (body === 'client_gone') {
    finish(entry, 'client_gone');
    return;
  }
  if (body === 'too_large') {
    request.resume();
    await play(call, undefined, { steps: refusalSteps(call, { kind: 'body_too_large', limitBytes: BODY_LIMIT_BYTES }, { connection: 'close' }) });
    setTimeout(() => request.destroy(), LET_GO_MS).unref();
    return;
  }
  const facts = acceptRequest(body);
  entry.model = facts.model;
  if (simulator.recordings.bodies) {
    simulator.recordings.keep(entry.sequence, { method: request.method ?? '', path: call.path, headers: request.headers, body: body.toString('utf8') });
  }
  if (!decided && faults.concerns(provider.id)) fault = faults.take(provider.id, facts.model);
  await play(call, fault, planCall(call, facts, fault));
}

async function play(call: ProviderCall, fault: FaultRule | undefined, plan: Plan): Promise<void> {
  const { entry, response } = call;
  entry.fault = fault?.fault ?? '';
  const delivery = {
    get status(): number {
      return entry.status;
    },
    set status(status: number) {
      entry.status = status;
    },
    get tokens(): number {
      return entry.deliveredTokens;
    },
    set tokens(tokens: number) {
      entry.deliveredTokens = tokens;
    },
  };
  const ending = await runSteps(plan.steps, response, delivery);
  if (ending === 'client_gone') {
    finish(entry, 'client_gone');
    return;
  }
  const spoilt = fault !== undefined && spoils(fault);
  if (!spoilt) entry.usage = plan.usage;
  finish(entry, spoilt ? 'faulted' : 'complete');
}

function finish(entry: CallEntry, outcome: CallEntry['outcome']): void {
  entry.outcome = outcome;
  entry.endedMs = Date.now();
}

function spoils(fault: FaultRule): boolean {
  return faultDefinition(fault.fault).spoils && !(fault.fault === 'stall' && fault.options.delayMs !== undefined);
}

function planCall(call: ProviderCall, facts: RequestFacts, fault: FaultRule | undefined): Plan {
  if (fault !== undefined && isEarly(fault.fault)) return { steps: earlySteps(fault.fault, earlyScene(call, fault, facts.stream)) };
  try {
    return planAnswer(call, facts, fault);
  } catch (error) {
    if (error instanceof RefusedRequest) return { steps: refusalSteps(call, error.problem) };
    throw error;
  }
}

function planAnswer(call: ProviderCall, facts: RequestFacts, fault: FaultRule | undefined): Plan {
  const { simulator, provider, protocol, operation, entry } = call;
  if (!call.accepted) throw new RefusedRequest({ kind: 'unauthorized', key: call.key });
  const problem = protocol.checkHeaders(call.request.headers);
  if (problem !== undefined) throw new RefusedRequest(problem);
  if (operation === undefined || operation.kind === 'models') {
    throw new RefusedRequest({ kind: 'route_not_found', method: call.request.method ?? '', path: call.path });
  }
  if (facts.malformed !== undefined) throw new RefusedRequest({ kind: 'malformed_json', detail: facts.malformed });
  const offer = facts.model === '' ? { endpoints: [operation.endpoint] } : offerOf(provider, facts.model, operation.endpoint);
  const prompt = protocol.parse(facts.body, offer, provider.profile);
  const promptTokens = countPrompt(prompt);
  entry.promptTokens = promptTokens;
  if (operation.kind === 'count_tokens') return { steps: jsonSteps(call, protocol.tokenCount(promptTokens)) };
  requireLimit(protocol, prompt);
  if (offer.contextWindow !== undefined && promptTokens > offer.contextWindow) {
    throw new RefusedRequest({ kind: 'context_length', windowTokens: offer.contextWindow, promptTokens });
  }
  const steer = steerOf(fault);
  const { answers, directives } = planAnswers({ providerId: provider.id, prompt, offer, scripts: simulator.scripts, ...(steer === undefined ? {} : { steer }) });
  const totals = answers.map(outputTokens);
  const output = { reasoning: sum(totals.map((one) => one.reasoning)), total: sum(totals.map((one) => one.total)) };
  const cacheUse = protocol.useCache(simulator.promptCache, `${provider.id} ${prompt.model}`, prompt, Date.now());
  const input = { providerId: provider.id, profile: provider.profile, prompt, promptTokens, cacheUse, answers, output };
  const writer = protocol.writer(input);
  const reply = buildReply(input, writer, protocol.headers(provider.id));
  const pace = withDirectives(simulator.paceOf(provider.id), directives);
  const usage = {
    promptTokens,
    cacheReadTokens: cacheUse.read,
    cacheWriteTokens: cacheUse.written5m + cacheUse.written1h,
    outputTokens: output.total,
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

/** A token count may leave the limit out; Anthropic's Messages may not. */
function requireLimit(protocol: Protocol, prompt: Prompt): void {
  if (!protocol.requiresLimit || prompt.maxOutputTokens !== undefined) return;
  throw new RefusedRequest({ kind: 'invalid', path: ['max_tokens'], reason: 'missing', expected: 'max_tokens' });
}

function offerOf(provider: SimulatedProvider, model: string, endpoint: string) {
  if (provider.models === undefined) return { endpoints: [endpoint] };
  const offer = provider.models.get(model);
  if (offer === undefined) throw new RefusedRequest({ kind: 'model_not_found', model });
  if (!offer.endpoints.includes(endpoint)) throw new RefusedRequest({ kind: 'endpoint_not_offered', model, endpoint });
  return offer;
}

function steerOf(fault: FaultRule | undefined): Steer | undefined {
  const to = fault === undefined ? undefined : faultDefinition(fault.fault).steer;
  if (to === undefined) return undefined;
  return to === 'many' ? { to, tokens: fault?.options.events ?? 100_000 } : { to };
}

function withDirectives(pace: Pace, { ttftMs, gapMs, waitMs }: { ttftMs?: number; gapMs?: number; waitMs?: number }): Pace {
  return { firstTokenMs: ttftMs ?? pace.firstTokenMs, gapMs: gapMs ?? pace.gapMs, plainMs: waitMs ?? pace.plainMs };
}

function earlyScene(call: ProviderCall, fault: FaultRule, stream: boolean) {
  const { protocol, provider } = call;
  return {
    options: fault.options,
    stream,
    headers: protocol.headers(provider.id),
    keepAlive: protocol.keepAlive(provider.profile),
    refusal: (problem: NativeProblem) => protocol.refusal(problem, provider.profile),
  };
}

function* refusalSteps({ protocol, provider }: ProviderCall, problem: NativeProblem, more: Record<string, string> = {}): Generator<Step> {
  const { status, headers, body } = protocol.refusal(problem, provider.profile);
  yield head(status, { ...protocol.headers(provider.id), ...headers, ...more, 'content-length': Buffer.byteLength(body) });
  yield write(body);
  yield END;
}

function* jsonSteps({ protocol, provider }: ProviderCall, body: string): Generator<Step> {
  yield head(200, { 'content-type': 'application/json', ...protocol.headers(provider.id), 'content-length': Buffer.byteLength(body) });
  yield write(body);
  yield END;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
