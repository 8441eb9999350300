import type { Schemas } from '@/lib/api';
import { durationText } from '@/lib/format-number';

export type Failover = NonNullable<Schemas['PolicyDocument']['failover']>;

export const CLOCKS = [
  { name: 'connectMs', label: 'Connect', hint: 'Until the connection stands.' },
  { name: 'headersMs', label: 'Response headers', hint: 'Until the provider says anything.' },
  { name: 'firstTokenMs', label: 'First token', hint: 'Until the first words or the first thought.' },
  { name: 'gapMs', label: 'Gap', hint: 'The longest silence within an answer.' },
  { name: 'totalMs', label: 'In all', hint: 'Over all attempts together.' },
] as const;

/** What a policy does, in a few words each; empty for one that changes nothing. */
export function failoverWords(failover: Failover = {}): string[] {
  const { rescue, hedge, alsoOn, keepAlive, fallbackModels = [] } = failover;
  const clocks = CLOCKS.flatMap(({ name, label }) => {
    const ms = failover[name];
    return ms === undefined ? [] : `${label.toLowerCase()} ${durationText(ms)}`;
  });
  return [
    ...clocks,
    ...(rescue === undefined ? [] : [rescueWords(rescue)]),
    ...(hedge === undefined ? [] : [hedgeWords(hedge)]),
    ...(alsoOn?.includes('invalid_output') ? ['broken JSON fails over'] : []),
    ...(keepAlive === undefined
      ? []
      : [keepAlive === 'early' ? 'early keep-alives' : 'no early keep-alives']),
    ...(fallbackModels.length > 0 ? [`then ${fallbackModels.join(', ')}`] : []),
  ];
}

function rescueWords(rescue: NonNullable<Failover['rescue']>): string {
  if (typeof rescue === 'boolean') return rescue ? 'rescue on' : 'no rescue';
  const { holdBackTokens, holdBackMs, otherModels } = rescue;
  const held = [
    ...(holdBackTokens === undefined ? [] : [`${holdBackTokens} tokens`]),
    ...(holdBackMs === undefined ? [] : [durationText(holdBackMs)]),
  ];
  return [
    held.length > 0 ? `holds back ${held.join(' or ')}` : 'rescue on',
    ...(otherModels === false ? ['by the same model'] : []),
  ].join(', ');
}

function hedgeWords(hedge: NonNullable<Failover['hedge']>): string {
  if (typeof hedge === 'boolean') return hedge ? 'hedges' : 'no hedge';
  return `hedges after ${durationText(hedge.afterMs)}`;
}
