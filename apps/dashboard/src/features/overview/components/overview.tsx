'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CodeSamples } from '@/components/data/code-samples';
import { Section } from '@/components/frame/page';
import { EmptyState } from '@/components/states/empty-state';
import { Button } from '@/components/ui/button';
import { browserApi } from '@/lib/api';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { overviewQuery } from '../api/overview-query';
import { Attention } from './attention';
import { BreakdownTable } from './breakdown-table';
import { StatStrip } from './stat-strip';
import { UsageChart } from './usage-chart';

/** In place of charts that would be flat. */
function NothingYet() {
  const { platform } = useWorkspace();
  const path = useOrganizationPath();
  return (
    <EmptyState title="No request in this time">
      <p className="text-ink-muted">
        Spend, speed and errors stand here as soon as calls come in. Make one from a terminal, or widen the
        time above.
      </p>
      <div className="w-full">
        <CodeSamples
          gatewayUrl={platform.gatewayUrl}
          apiKey="$TRUNKLINE_API_KEY"
          model="openai/gpt-4o-mini"
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="primary">
          <Link href={path('start')}>Make a key and watch it arrive</Link>
        </Button>
        <Button asChild>
          <Link href={path('playground')}>Open the playground</Link>
        </Button>
      </div>
    </EmptyState>
  );
}

export function Overview() {
  const { scope, range } = useScope();
  const { data } = useQuery(overviewQuery(browserApi, scope, range));
  const empty = data !== undefined && data.current.calls === 0 && data.previous.calls === 0;
  return (
    <div className="flex flex-col gap-8">
      {empty ? (
        <NothingYet />
      ) : (
        <>
          <StatStrip />
          <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
            <UsageChart place="left" />
            <UsageChart place="right" />
          </div>
        </>
      )}
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        {empty ? null : (
          <div className="flex min-w-0 flex-col gap-8">
            <Section title="Lines">
              <BreakdownTable by="provider" />
            </Section>
            <Section title="Models">
              <BreakdownTable by="model" />
            </Section>
          </div>
        )}
        <Section title="Needs attention">
          <Attention />
        </Section>
      </div>
    </div>
  );
}
