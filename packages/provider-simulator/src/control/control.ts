import { type CallCount, type CallView, countCalls, viewCall } from '../calls/call-views.js';
import type { Recording } from '../calls/recordings.js';
import { CANNED_DEFAULTS, type CannedOptions, makeCannedMode } from '../canned/canned-mode.js';
import type { Script } from '../content/scripts.js';
import { faultDefinition, FAULTS, type FaultName, type FaultOptionName } from '../faults/fault-catalog.js';
import type { FaultOptions } from '../faults/fault-options.js';
import type { FaultRule } from '../faults/fault-table.js';
import type { Pace } from '../providers/pace.js';
import type { Simulator } from '../simulator.js';

/** A fault to switch on; without a provider or model it is for all of them. */
export interface FaultSetting {
  readonly provider?: string;
  readonly model?: string;
  readonly fault: FaultName;
  readonly options?: FaultOptions;
}

export interface ModeSetting {
  readonly canned?: boolean;
  readonly bytes?: number;
  readonly streamEvents?: number;
  readonly eventsPerSecond?: number;
  /** Milliseconds that override every provider's own pace; `null` gives it back. */
  readonly pace?: Partial<Pace> | null;
}

export interface ModeView {
  readonly canned: CannedOptions | null;
  readonly pace: Partial<Pace>;
}

export interface ProviderView {
  readonly id: string;
  readonly protocol: string;
  readonly models: number;
}

export interface FaultsView {
  readonly known: readonly {
    readonly fault: string;
    readonly about: string;
    readonly options: readonly FaultOptionName[];
  }[];
  readonly active: readonly (FaultRule & { readonly happened: number })[];
}

export interface Counts {
  readonly totals: readonly CallCount[];
  readonly calls: readonly {
    readonly attemptId: string | null;
    readonly provider: string;
    readonly model: string | null;
    readonly outcome: string;
    readonly tokensIn: number;
    readonly tokensOut: number;
  }[];
}

/** All that can be switched and read from outside; the control API is this over HTTP. */
export interface SimulatorControl {
  providers(): readonly ProviderView[];
  faults(): FaultsView;
  setFault(setting: FaultSetting): void;
  setFaults(settings: readonly FaultSetting[]): void;
  clearFaults(provider?: string): void;
  setScripts(scripts: readonly Script[]): void;
  calls(query?: { since?: number; limit?: number }): {
    readonly calls: readonly CallView[];
    readonly latest: number;
  };
  clearCalls(): void;
  counts(since?: number): Counts;
  setRecording(bodies: boolean): void;
  request(sequence: number): Recording | undefined;
  setMode(setting: ModeSetting): ModeView;
  reset(): void;
}

export function controlOf(simulator: Simulator): SimulatorControl {
  return {
    providers: () =>
      [...(simulator.offers ?? [])].map(([id, { protocol, models }]) => ({
        id,
        protocol,
        models: models.size,
      })),
    faults: () => ({
      known: (Object.keys(FAULTS) as FaultName[]).map((fault) => ({
        fault,
        about: faultDefinition(fault).about,
        options: faultDefinition(fault).options,
      })),
      active: simulator.faults.list(),
    }),
    setFault: (setting) => simulator.faults.set(toRule(setting)),
    setFaults: (settings) => simulator.faults.replaceAll(settings.map(toRule)),
    clearFaults: (provider) => {
      if (provider === undefined) simulator.faults.replaceAll([]);
      else simulator.faults.clearProvider(provider);
    },
    setScripts: (scripts) => {
      simulator.scripts = scripts;
    },
    calls: ({ since = 0, limit = 1_000 } = {}) => ({
      calls: simulator.calls.since(since, limit).map(viewCall),
      latest: simulator.calls.latest,
    }),
    clearCalls: () => {
      simulator.calls.clear();
      simulator.recordings.clear();
    },
    counts: (since = 0) => {
      const entries = simulator.calls.since(since, Infinity);
      return {
        totals: countCalls(entries),
        calls: entries
          .map(viewCall)
          .map(({ clientRequestId, provider, model, outcome, promptTokens, usage, deliveredTokens }) => ({
            attemptId: clientRequestId,
            provider,
            model,
            outcome,
            tokensIn: usage?.promptTokens ?? promptTokens,
            tokensOut: usage?.completionTokens ?? deliveredTokens,
          })),
      };
    },
    setRecording: (bodies) => {
      simulator.recordings.bodies = bodies;
      if (!bodies) simulator.recordings.clear();
    },
    request: (sequence) => simulator.recordings.get(sequence),
    setMode: (setting) => setMode(simulator, setting),
    reset: () => simulator.reset(),
  };
}

function toRule({ provider, model, fault, options = {} }: FaultSetting): FaultRule {
  return { provider, model, fault, options };
}

function setMode(
  simulator: Simulator,
  { canned, bytes, streamEvents, eventsPerSecond, pace }: ModeSetting,
): ModeView {
  if (canned === false) simulator.canned = undefined;
  if (canned === true) {
    simulator.canned = makeCannedMode({
      bytes: bytes ?? CANNED_DEFAULTS.bytes,
      streamEvents: streamEvents ?? CANNED_DEFAULTS.streamEvents,
      eventsPerSecond: eventsPerSecond ?? CANNED_DEFAULTS.eventsPerSecond,
    });
  }
  if (pace !== undefined) simulator.pace = pace ?? {};
  return { canned: simulator.canned?.options ?? null, pace: simulator.pace };
}
