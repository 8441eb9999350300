import { seededRandom } from '../content/seeded-random.js';
import type { FaultName } from './fault-catalog.js';
import type { FaultOptions } from './fault-options.js';

/** A fault that is switched on, for a provider (or all), and for a model (or all). */
export interface FaultRule {
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly fault: FaultName;
  readonly options: FaultOptions;
}

interface ActiveRule extends FaultRule {
  /** Calls that matched so far, those that `probability` spared included. */
  matched: number;
  /** Calls that got the fault. */
  happened: number;
}

/** The faults that are on. The rule that says most about a call decides; one whose count is used up is passed over. */
export class FaultTable {
  #rules: ActiveRule[] = [];

  /** Switches a fault on, in place of the one with the same provider and model. */
  set(rule: FaultRule): void {
    this.clear(rule.provider, rule.model);
    this.#rules.push({ ...rule, matched: 0, happened: 0 });
    this.#rules.sort((left, right) => weight(right) - weight(left));
  }

  replaceAll(rules: readonly FaultRule[]): void {
    this.#rules = [];
    for (const rule of rules) this.set(rule);
  }

  clear(provider: string | undefined, model: string | undefined): void {
    this.#rules = this.#rules.filter((rule) => rule.provider !== provider || rule.model !== model);
  }

  clearProvider(provider: string): void {
    this.#rules = this.#rules.filter((rule) => rule.provider !== provider);
  }

  list(): readonly (FaultRule & { readonly happened: number })[] {
    return this.#rules.map(({ provider, model, fault, options, happened }) => ({
      provider,
      model,
      fault,
      options,
      happened,
    }));
  }

  concerns(provider: string): boolean {
    return this.#rules.some((rule) => rule.provider === undefined || rule.provider === provider);
  }

  /** Whether no model needs to be known to decide on this provider's next call. */
  decidesWithoutModel(provider: string): boolean {
    return this.#rules.every(
      (rule) => rule.model === undefined || (rule.provider !== undefined && rule.provider !== provider),
    );
  }

  /** The fault that the next call of this model gets, counted as happened. */
  take(provider: string, model: string): FaultRule | undefined {
    for (const rule of this.#rules) {
      if (rule.provider !== undefined && rule.provider !== provider) continue;
      if (rule.model !== undefined && rule.model !== model) continue;
      if (rule.happened >= (rule.options.count ?? Infinity)) continue;
      rule.matched += 1;
      const { probability = 1, seed = '' } = rule.options;
      if (probability < 1 && seededRandom(`${seed} ${rule.matched}`).next() >= probability) continue;
      rule.happened += 1;
      return rule;
    }
    return undefined;
  }
}

function weight(rule: FaultRule): number {
  return (rule.provider === undefined ? 0 : 2) + (rule.model === undefined ? 0 : 1);
}
