import { StatusMark } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';

/** Which version is in force, and whether a later one waits. */
export function PolicyState({ policy }: { policy: Schemas['Policy'] }) {
  const { publishedVersion, latestVersion, archivedAt } = policy;
  if (archivedAt) return <StatusMark signal="idle">Archived</StatusMark>;
  if (publishedVersion === null) return <StatusMark signal="idle">Draft</StatusMark>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <StatusMark signal="clear">Version {publishedVersion} in force</StatusMark>
      {latestVersion > publishedVersion ? (
        <span className="text-xs text-ink-muted">version {latestVersion} is the latest</span>
      ) : null}
    </span>
  );
}
