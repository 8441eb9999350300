import { MAX_CLOCK_MS, type ChatRequest, type PolicyFailover } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { Timeouts } from '../failover/clocks.js';
import { outputCheckOf } from '../failover/output-check.js';
import type { ParsedCall } from './call.js';
import type { RequestContext } from './request-context.js';

/**
 * How a call is failed over: the body wins over the headers, these over the policy, field by field, and that over the
 * defaults.
 */
type Wishes = Pick<
  ParsedCall,
  | 'timeouts'
  | 'rescue'
  | 'rescueOtherModels'
  | 'holdBack'
  | 'hedge'
  | 'keepAliveEarly'
  | 'outputCheck'
  | 'fallbackModels'
>;

const NOTHING = {};

/** @throws AppError 400 for a clock that is set to more than an hour */
export function failoverWishes(request: ChatRequest, context: RequestContext): Wishes {
  const said = request.trunkline;
  const { wishes } = context;
  const policy: PolicyFailover = context.principal?.policy?.failover ?? NOTHING;
  const rescue = wishedRescue(request, context);
  const keepAlive = said?.keepAlive ?? null;
  return {
    timeouts: wishedTimeouts(request, context),
    ...rescue,
    holdBack: !rescue.rescue ? null : holdBackOf(detailsOf(said?.rescue), detailsOf(policy.rescue)),
    hedge: wishedHedge(request, context),
    keepAliveEarly:
      keepAlive === null ? (wishes.keepAliveEarly ?? policy.keepAlive === 'early') : keepAlive === 'early',
    outputCheck: outputCheckOf(request, said?.alsoOn ?? policy.alsoOn ?? []),
    fallbackModels: policy.fallbackModels ?? [],
  };
}

type Rescue = PolicyFailover['rescue'];

type RescueDetails = Exclude<Rescue, boolean | undefined>;

/** `rescue: true` says nothing of them. */
function detailsOf(rescue: Rescue): RescueDetails {
  return typeof rescue === 'object' ? rescue : NOTHING;
}

function holdBackOf(said: RescueDetails, policy: RescueDetails): ParsedCall['holdBack'] {
  const tokens = said.holdBackTokens ?? policy.holdBackTokens ?? null;
  const ms = said.holdBackMs ?? policy.holdBackMs ?? null;
  return tokens === null && ms === null ? null : { tokens, ms };
}

/** Whether body, header and policy let another target go on with a stream that broke off. */
export function wishedRescue(
  { trunkline }: Pick<ChatRequest, 'trunkline'>,
  { wishes, principal }: RequestContext,
): Pick<ParsedCall, 'rescue' | 'rescueOtherModels'> {
  const policy: PolicyFailover = principal?.policy?.failover ?? NOTHING;
  const rescue = trunkline?.rescue ?? wishes.rescue ?? policy.rescue ?? true;
  const otherModels = detailsOf(trunkline?.rescue).otherModels ?? detailsOf(policy.rescue).otherModels;
  return { rescue: rescue !== false, rescueOtherModels: otherModels ?? true };
}

/** Whether body, header or policy ask for a second target beside a slow one, and when. */
export function wishedHedge(
  { trunkline }: Pick<ChatRequest, 'trunkline'>,
  { wishes, principal }: RequestContext,
): ParsedCall['hedge'] {
  const policy: PolicyFailover = principal?.policy?.failover ?? NOTHING;
  const hedge = trunkline?.hedge ?? wishes.hedge ?? policy.hedge ?? false;
  return hedge === false ? null : { afterMs: afterMsOf(hedge) ?? afterMsOf(policy.hedge) };
}

function afterMsOf(hedge: PolicyFailover['hedge']): number | null {
  return typeof hedge === 'object' ? hedge.afterMs : null;
}

/** The clocks that body, headers or policy set. @throws AppError 400 for one of more than an hour */
export function wishedTimeouts(
  { trunkline }: Pick<ChatRequest, 'trunkline'>,
  { wishes, principal }: RequestContext,
): Partial<Timeouts> {
  const wished = trunkline?.timeouts;
  for (const [name, ms] of Object.entries(wished ?? {})) {
    if (ms > MAX_CLOCK_MS) {
      const param = `trunkline.timeouts.${name}`;
      throw new AppError('invalid_value', {
        publicMessage: `Invalid value for '${param}': at most ${MAX_CLOCK_MS}.`,
        param,
      });
    }
  }
  const policy = principal?.policy;
  if (!policy) return wished ? { ...wishes.timeouts, ...wished } : wishes.timeouts;
  return { ...clocksOf(policy.failover), ...wishes.timeouts, ...wished };
}

const CLOCK_NAMES = ['connectMs', 'headersMs', 'firstTokenMs', 'gapMs', 'totalMs'] as const;

function clocksOf(policy: PolicyFailover): Partial<Timeouts> {
  const clocks: { -readonly [Name in keyof Timeouts]?: number } = {};
  for (const name of CLOCK_NAMES) {
    const ms = policy[name];
    if (ms !== undefined) clocks[name] = ms;
  }
  return clocks;
}
