import { AppError } from '@trunkline/errors';
import type { Plan, Target } from '@trunkline/routing';

/**
 * The target at whose price the lease is taken: the first that the wallet pays for, since the caller's own credentials
 * before it may fail; else the first.
 * @throws AppError `no_matching_target` for an empty plan
 */
export function pricingTarget(plan: Plan): Target {
  const target = plan.targets.find(({ ownKey }) => !ownKey) ?? plan.targets[0];
  if (!target) throw new AppError('no_matching_target');
  return target;
}
