import type { CallCount } from '../calls/call-views.js';

const MEASURES = {
  calls: 'Calls that the simulator remembers',
  answered: 'Calls that were answered to the end',
  refused: 'Calls that were answered with an error',
  cut: 'Calls that a fault broke off',
  clientGone: 'Calls that the client left',
  tokensIn: 'Tokens of prompts',
  tokensOut: 'Tokens of answers',
} as const satisfies Partial<Record<keyof CallCount, string>>;

/** The counts by provider and model as gauges. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function printMetrics(totals: readonly CallCount[]): string {
  const measures = Object.entries(MEASURES) as [keyof typeof MEASURES, string][];
  return measures
    .map(([measure, help]) => {
      const name = `trunkline_simulator_${measure.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)}`;
      const rows = totals.map(
        (count) =>
          `${name}{provider="${label(count.provider)}",model="${label(count.model)}"} ${count[measure]}\n`,
      );
      return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${rows.join('')}`;
    })
    .join('');
}

function label(value: string | null): string {
  return (value ?? '').replace(/\\/gu, '\\\\').replace(/"/gu, '\\"').replace(/\n/gu, '\\n');
}
