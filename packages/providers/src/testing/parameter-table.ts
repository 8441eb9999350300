import type { ParameterRule, ParameterRules } from '../parameters/index.js';

/** Parameters of chat that clients send, in the order of the document. */
export const KNOWN_PARAMETERS: Readonly<Record<string, unknown>> = {
  max_tokens: 100,
  max_completion_tokens: 100,
  temperature: 0.5,
  top_p: 0.5,
  top_k: 5,
  min_p: 0.1,
  top_a: 0.1,
  n: 2,
  seed: 7,
  stop: ['END'],
  frequency_penalty: 0.5,
  presence_penalty: 0.5,
  repetition_penalty: 1.1,
  logit_bias: { '50256': -100 },
  logprobs: true,
  top_logprobs: 2,
  tool_choice: 'required',
  parallel_tool_calls: false,
  response_format: { type: 'json_object' },
  reasoning: { effort: 'high' },
  reasoning_effort: 'high',
  include_reasoning: true,
  verbosity: 'low',
  modalities: ['text', 'audio'],
  audio: { voice: 'alloy', format: 'wav' },
  prediction: { type: 'content', content: 'x' },
  web_search_options: {},
  user: 'u',
  safety_identifier: 's',
  prompt_cache_key: 'k',
  prompt_cache_retention: '24h',
  store: true,
  service_tier: 'priority',
  metadata: { team: 'a' },
  stream_options: { include_usage: true },
  plugins: [{ id: 'web' }],
};

/** A Markdown table: parameters down, targets across. */
export function parameterTable(targets: readonly (readonly [name: string, rules: ParameterRules])[]): string {
  const head = ['parameter', ...targets.map(([name]) => name)];
  const rows = Object.keys(KNOWN_PARAMETERS).map((parameter) => [
    `\`${parameter}\``,
    ...targets.map(([, { rules, others }]) => printRule(rules.get(parameter) ?? others)),
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Never sent anywhere: no word in each row. */
const NOWHERE = new Set(['store', 'service_tier']);

/** A Markdown table of targets that let all through but what is named: one row for each. */
export function differenceTable(
  targets: readonly (readonly [name: string, rules: ParameterRules])[],
): string {
  const rows = targets.map(([name, { rules }]) => {
    const of = (kind: ParameterRule): string =>
      listed([...rules].filter(([parameter, rule]) => rule === kind && !NOWHERE.has(parameter)));
    const renamed = [...rules].filter(
      ([parameter, rule]) => typeof rule === 'object' && rule.as !== parameter,
    );
    const as = renamed.map(([parameter, rule]) => `\`${parameter}\` ${printRule(rule)}`);
    return [name, of('dropped'), as.join('; ') || '–', of('refused')];
  });
  const head = ['provider', 'left out and told', 'said as', 'refused'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function listed(rules: readonly [string, ParameterRule][]): string {
  return rules.map(([parameter]) => `\`${parameter}\``).join(', ') || '–';
}

function printRule(rule: ParameterRule): string {
  if (typeof rule === 'object')
    return rule.as === 'nothing' ? 'told where it matters' : `→ \`${rule.as.replaceAll(', ', '`, `')}\``;
  switch (rule) {
    case 'passed':
      return 'yes';
    case 'dropped':
      return 'left out';
    case 'refused':
      return 'refused';
    case 'ours':
      return 'read here';
    case 'unneeded':
      return '–';
  }
}
