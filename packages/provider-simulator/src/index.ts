export { startSimulator, type RunningSimulator, type SimulatorOptions } from './start-simulator.js';
export type {
  Counts,
  FaultSetting,
  FaultsView,
  ModeSetting,
  ModeView,
  ProviderView,
  SimulatorControl,
} from './control/control.js';
export type { CallCount, CallView } from './calls/call-views.js';
export type { CallOutcome } from './calls/call-log.js';
export type { Recording } from './calls/recordings.js';
export type { Script, ScriptTurn } from './content/scripts.js';
export { FAULTS, type FaultName, type FaultOptionName } from './faults/fault-catalog.js';
export type { FaultOptions } from './faults/fault-options.js';
export type { ModelOffer, OffersDocument } from './providers/offers.js';
export type { Pace } from './providers/pace.js';
export type { ReportedUsage } from './protocols/protocol.js';
export { countTokens } from './counting/count-tokens.js';
