import type { Step } from '../http/steps.js';
import { faultDefinition, type FaultName } from './fault-catalog.js';
import { EARLY_PROGRAMS, refuseWithStatus } from './programs/early.js';
import { LATE_PROGRAMS } from './programs/late.js';
import type { EarlyScene, LateScene } from './scene.js';

/** The steps of an early fault. */
export function earlySteps(fault: FaultName, scene: EarlyScene): Iterable<Step> {
  if (fault.startsWith('status:')) return refuseWithStatus(Number(fault.slice('status:'.length)), scene);
  const program = EARLY_PROGRAMS[fault];
  if (program === undefined) throw new Error(`The fault "${fault}" has no early program`);
  return program(scene);
}

/** The steps of a fault that spoils an answer. */
export function lateSteps(fault: FaultName, scene: LateScene): Iterable<Step> {
  const program = LATE_PROGRAMS[fault];
  if (program === undefined) throw new Error(`The fault "${fault}" has no late program`);
  return program(scene);
}

/** Whether a fault happens before the request is looked at. */
export function isEarly(fault: FaultName): boolean {
  return faultDefinition(fault).early;
}
