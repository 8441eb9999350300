import type { CallEntry } from '../calls/call-log.js';
import { faultDefinition } from '../faults/fault-catalog.js';
import { earlySteps } from '../faults/fault-steps.js';
import type { FaultRule } from '../faults/fault-table.js';
import { acceptForm } from './accept-form.js';
import { acceptRequest } from './accept-request.js';
import { earlyScene, type Plan, planCall, type ProviderCall, refusalSteps } from './plan-call.js';
import { BODY_LIMIT_BYTES, readBody } from './read-body.js';
import { runSteps } from './run-steps.js';

// How long a client that sends too much may read its refusal.
const LET_GO_MS = 1_000;

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
    await play(call, undefined, {
      steps: refusalSteps(
        call,
        { kind: 'body_too_large', limitBytes: BODY_LIMIT_BYTES },
        { connection: 'close' },
      ),
    });
    setTimeout(() => request.destroy(), LET_GO_MS).unref();
    return;
  }
  const contentType = request.headers['content-type'] ?? '';
  const accepted = /^multipart\/form-data\b/iu.test(contentType)
    ? await acceptForm(body, contentType)
    : acceptRequest(body);
  const { operation } = call;
  const target = operation && 'target' in operation ? operation.target : undefined;
  const refused = call.protocol.checkSignature?.(request, body, call.key ?? '');
  const facts = { ...accepted, ...target, ...(refused === undefined ? {} : { refused }) };
  entry.model = facts.model;
  if (simulator.recordings.bodies) {
    simulator.recordings.keep(entry.sequence, {
      method: request.method ?? '',
      path: call.path,
      headers: request.headers,
      body: body.toString('utf8'),
    });
  }
  if (!decided && faults.concerns(provider.id)) fault = faults.take(provider.id, facts.model);
  await play(call, fault, planCall(call, facts, fault));
}

async function play(call: ProviderCall, fault: FaultRule | undefined, plan: Plan): Promise<void> {
  const { entry, response } = call;
  entry.fault = fault?.fault ?? '';
  const ending = await runSteps(plan.steps, response, entry);
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
  return (
    faultDefinition(fault.fault).spoils && !(fault.fault === 'stall' && fault.options.delayMs !== undefined)
  );
}
