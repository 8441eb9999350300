import { z } from 'zod';
import { component } from './registry.js';

/** A switch of the provider simulator; its kinds and options are in docs/simulator.md. */
export const simulatorFault = component(
  'SimulatorFault',
  z.strictObject({
    provider: z.string().min(1).max(80).optional(),
    /** The provider's name of a model; all of its models when missing. */
    model: z.string().min(1).max(200).optional(),
    fault: z.string().min(1).max(80),
    /** Only the next calls; until it is cleared when missing. */
    times: z.int().min(1).max(1_000_000).optional(),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
);
export type SimulatorFault = z.infer<typeof simulatorFault>;

export const simulatorFaultList = component(
  'SimulatorFaultList',
  z.object({
    /** Switched on now, with how many calls got each. */
    items: z.array(simulatorFault.extend({ happened: z.int() })),
    /** What can be switched on. */
    known: z.array(z.object({ fault: z.string(), about: z.string() })),
  }),
);
export type SimulatorFaultList = z.infer<typeof simulatorFaultList>;

/** Replaces all switches; an empty list clears them. */
export const setSimulatorFaultsInput = z.strictObject({ faults: z.array(simulatorFault).max(100) });
export type SetSimulatorFaultsInput = z.infer<typeof setSimulatorFaultsInput>;
