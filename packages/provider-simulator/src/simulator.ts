import { CallLog } from './calls/call-log.js';
import { Recordings } from './calls/recordings.js';
import type { CannedMode } from './canned/canned-mode.js';
import type { Script } from './content/scripts.js';
import { PromptCache } from './counting/prompt-cache.js';
import { FaultTable } from './faults/fault-table.js';
import type { ModelOffer, Offers } from './providers/offers.js';
import { type Pace, paceOf } from './providers/pace.js';
import type { ProviderKeys } from './providers/provider-keys.js';
import { type ProviderProfile, profileOf } from './providers/profiles.js';

/** Without offers, who does not speak OpenAI's protocol. */
const PROTOCOL_OF: ReadonlyMap<string, string> = new Map([
  ['anthropic', 'anthropic'],
  ['azure-foundry', 'azure-openai'],
  ['azure-openai', 'azure-openai'],
  ['google', 'gemini'],
  ['vertex', 'vertex'],
  ['cohere', 'cohere'],
  ['bedrock', 'bedrock'],
]);

/** A provider as the simulator plays it. */
export interface SimulatedProvider {
  readonly id: string;
  readonly protocol: string;
  readonly profile: ProviderProfile;
  /** `undefined` where every model is offered. */
  readonly models: ReadonlyMap<string, ModelOffer> | undefined;
}

/** All that the simulator knows and remembers; the server and the control API share one. */
export class Simulator {
  readonly calls = new CallLog();
  readonly recordings = new Recordings();
  readonly faults = new FaultTable();
  readonly promptCache = new PromptCache();
  scripts: readonly Script[] = [];
  canned: CannedMode | undefined;
  /** Overrides the providers' own pace. */
  pace: Partial<Pace>;
  readonly #providers = new Map<string, SimulatedProvider>();
  readonly #paces = new Map<string, Pace>();

  constructor(
    /** Without offers every provider offers every model, in its own protocol. */
    readonly offers: Offers | undefined,
    readonly keys: ProviderKeys,
    private readonly initialPace: Partial<Pace>,
  ) {
    this.pace = initialPace;
    for (const [id, { protocol, models }] of offers ?? [])
      this.#providers.set(id, { id, protocol, models, profile: profileOf(id) });
  }

  provider(id: string): SimulatedProvider | undefined {
    if (this.offers !== undefined) return this.#providers.get(id);
    return {
      id,
      protocol: PROTOCOL_OF.get(id) ?? 'openai',
      models: undefined,
      profile: profileOf(id),
    };
  }

  paceOf(providerId: string): Pace {
    let own = this.#paces.get(providerId);
    if (own === undefined) {
      own = paceOf(providerId);
      if (this.#providers.has(providerId)) this.#paces.set(providerId, own);
    }
    return { ...own, ...this.pace };
  }

  /** As freshly started. */
  reset(): void {
    this.faults.replaceAll([]);
    this.scripts = [];
    this.canned = undefined;
    this.pace = this.initialPace;
    this.calls.clear();
    this.recordings.bodies = false;
    this.recordings.clear();
    this.promptCache.clear();
  }
}
