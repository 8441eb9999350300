import type { ChatRequest } from '@trunkline/contracts';

/**
 * What becomes of a parameter at a target, by its name alone. By its value, or for some models, it may be weakened or
 * left out besides, which `dropped` tells.
 */
export type ParameterRule =
  | 'passed'
  /** It is said under another name or in another form. */
  | { readonly as: string }
  /** Left out, and told to the client; a target that leaves something out does not meet `require_parameters`. */
  | 'dropped'
  /** The target cannot take it, and leaving it out would change the meaning. */
  | 'refused'
  /** Read by this gateway. */
  | 'ours'
  /** A hint that changes no answer: left out and told, but no reason to ask another target. */
  | 'unneeded';

/** The rules of one target, and what becomes of a parameter that none of them names. */
export interface ParameterRules {
  readonly rules: ReadonlyMap<string, ParameterRule>;
  readonly others: 'passed' | 'dropped';
}

/** Ours and OpenRouter's; `metadata` is for the log. */
const OURS = [
  ...['models', 'provider', 'trunkline', 'transforms', 'route', 'session_id', 'usage', 'debug', 'metadata'],
];

/**
 * Never sent on the platform's account: `store` would keep a tenant's answers at the provider, and a service tier has
 * prices of its own, which the price book does not have.
 */
const ACCOUNT = ['store', 'service_tier'];

/** Rules by kind; those that hold everywhere are added. */
export function parameterRules(declared: {
  readonly passed?: readonly string[];
  readonly as?: Readonly<Record<string, string>>;
  readonly dropped?: readonly string[];
  readonly refused?: readonly string[];
  readonly unneeded?: readonly string[];
  readonly others: ParameterRules['others'];
}): ParameterRules {
  const rules = new Map<string, ParameterRule>();
  for (const name of declared.passed ?? []) rules.set(name, 'passed');
  for (const [name, other] of Object.entries(declared.as ?? {})) rules.set(name, { as: other });
  for (const name of declared.unneeded ?? []) rules.set(name, 'unneeded');
  for (const name of [...ACCOUNT, ...(declared.dropped ?? [])]) rules.set(name, 'dropped');
  for (const name of declared.refused ?? []) rules.set(name, 'refused');
  for (const name of OURS) rules.set(name, 'ours');
  return { rules, others: declared.others };
}

/** The parameters of a request that its target does not get, told to the client. */
export function droppedParameters(request: ChatRequest, { rules, others }: ParameterRules): string[] {
  const dropped: string[] = [];
  for (const field of Object.keys(request)) {
    if ((rules.get(field) ?? others) === 'dropped' && !asksForNothing(field, request[field]))
      dropped.push(field);
  }
  return dropped;
}

/** The first parameter of a request that its target cannot take; null where there is none. */
export function refusedParameter(request: ChatRequest, { rules }: ParameterRules): string | null {
  for (const field of Object.keys(request)) {
    if (rules.get(field) === 'refused' && !asksForNothing(field, request[field])) return field;
  }
  return null;
}

/** Whether a value means the same as leaving the parameter out, so that it is worth no word to the client. */
export function asksForNothing(field: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  switch (field) {
    case 'store':
    case 'logprobs':
      return value === false;
    case 'service_tier':
      return value === 'auto' || value === 'default';
    case 'frequency_penalty':
    case 'presence_penalty':
    case 'top_logprobs':
      return value === 0;
    case 'temperature':
    case 'top_p':
    case 'n':
      return value === 1;
    case 'tool_choice':
      return value === 'auto';
    case 'include_reasoning':
      return value !== false;
    // Usage is always asked for, and who prints the stream reads what the client wants of it.
    case 'stream_options':
      return true;
    case 'modalities':
      return Array.isArray(value) && value.every((one) => one === 'text');
    default:
      return false;
  }
}
