import { parameterRules, type ParameterRules } from '../parameters/index.js';
import type { Quirks, ReasoningQuirks } from './quirks.js';

const rulesOfQuirks = new WeakMap<Quirks, ParameterRules>();

/** A declaration's quirks as the rules of its parameters. What none of them names goes through. */
export function parametersOf(quirks: Quirks): ParameterRules {
  const known = rulesOfQuirks.get(quirks);
  if (known) return known;
  const { tokenLimitField: limit = 'as-sent', toolChoice, webSearch } = quirks;
  const isUnified = quirks.reasoning?.unified === true;
  const reasoning = reasoningAs(quirks.reasoning ?? DEFAULT_REASONING);
  const rules = parameterRules({
    passed: isUnified ? REASONING : [],
    as: {
      ...(limit === 'as-sent' ? {} : { max_tokens: limit, max_completion_tokens: limit }),
      ...quirks.rename,
      ...(typeof webSearch === 'object' ? { web_search_options: webSearch.as } : {}),
      ...(isUnified || reasoning === null ? {} : { reasoning, reasoning_effort: reasoning }),
    },
    dropped: [
      ...(isUnified || reasoning !== null ? [] : ['reasoning', 'reasoning_effort']),
      ...(toolChoice?.unsupported ? ['tool_choice'] : []),
      ...(webSearch === undefined || webSearch === 'none' ? ['web_search_options'] : []),
      ...(quirks.drop ?? []),
    ],
    refused: quirks.singleChoice ? ['n'] : [],
    unneeded: [
      ...(isUnified ? [] : ['include_reasoning']),
      ...(quirks.streamOptions === false ? ['stream_options'] : []),
    ],
    others: 'passed',
  });
  rulesOfQuirks.set(quirks, rules);
  return rules;
}

/** The client's fields for thinking. */
export const REASONING = ['reasoning', 'reasoning_effort', 'include_reasoning'];

export const DEFAULT_REASONING: ReasoningQuirks = { effort: true };

/** The fields in which thinking is asked for; null where there are none. */
function reasoningAs(quirks: ReasoningQuirks): string | null {
  const fields = new Set([
    ...(quirks.effort ? ['reasoning_effort'] : []),
    ...Object.keys({ ...quirks.on, ...quirks.off }),
    ...(quirks.budgetField ? [quirks.budgetField] : []),
  ]);
  return fields.size > 0 ? [...fields].join(', ') : null;
}
