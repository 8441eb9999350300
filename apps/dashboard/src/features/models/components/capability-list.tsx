import { CAPABILITIES } from '../model-list';

/** What a model can, in short. */
export function CapabilityList({ capabilities }: { capabilities: Readonly<Record<string, boolean | null>> }) {
  const can = CAPABILITIES.filter(({ id }) => capabilities[id] === true);
  return (
    <span className="text-xs whitespace-nowrap text-ink-muted">
      {can.map(({ label }) => label).join(' · ') || '–'}
    </span>
  );
}
