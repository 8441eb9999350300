'use client';

import Link from 'next/link';
import { CodeSamples } from '@/components/data/code-samples';
import { EmptyState } from '@/components/states/empty-state';
import { Button } from '@/components/ui/button';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';

/** No row: because of the filters, or because nothing was called yet. */
export function EmptyLog({
  filtered,
  live,
  onClear,
}: {
  filtered: boolean;
  live: boolean;
  onClear: () => void;
}) {
  const { platform } = useWorkspace();
  const path = useOrganizationPath();
  if (filtered) {
    return (
      <EmptyState title="No request fits">
        <p className="text-ink-muted">
          Nothing in this time has all of these properties. Take a filter away or widen the time.
        </p>
        <Button size="sm" onClick={onClear}>
          Remove all filters
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={live ? 'Waiting for a request…' : 'No request in this time'}>
      <p className="text-ink-muted">
        Each call stands here within two seconds of its end. Make one from your own code with a{' '}
        <Link className="text-accent underline underline-offset-2" href={path('keys')}>
          key
        </Link>
        , or in the{' '}
        <Link className="text-accent underline underline-offset-2" href={path('playground')}>
          playground
        </Link>
        .
      </p>
      <div className="w-full">
        <CodeSamples
          gatewayUrl={platform.gatewayUrl}
          apiKey="$TRUNKLINE_API_KEY"
          model="openai/gpt-4o-mini"
        />
      </div>
    </EmptyState>
  );
}
