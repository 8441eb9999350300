'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Money } from '@/components/ui/money';
import { StatusMark } from '@/components/ui/status-mark';
import { browserApi } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { onboardingQuery } from '../api/onboarding-query';

/** The line from the gateway to here: open until the first request has come in. */
function Line({ arrived }: { arrived: boolean }) {
  return (
    <svg viewBox="0 0 240 20" className="h-5 w-60 max-w-full" aria-hidden>
      <line
        x1="6"
        x2="234"
        y1="10"
        y2="10"
        strokeWidth="3"
        className="stroke-rule-strong"
        strokeDasharray={arrived ? '0' : '4 5'}
      />
      <line
        x1="6"
        x2="234"
        y1="10"
        y2="10"
        strokeWidth="3"
        pathLength="1"
        strokeDasharray="1"
        className={cn(
          'stroke-signal-green transition-[stroke-dashoffset] duration-700',
          arrived ? '[stroke-dashoffset:0]' : '[stroke-dashoffset:1]',
        )}
      />
      <circle cx="6" cy="10" r="5" className="fill-paper stroke-rule-strong" strokeWidth="2.5" />
      <circle
        cx="234"
        cy="10"
        r="5"
        strokeWidth="2.5"
        className={arrived ? 'fill-signal-green stroke-signal-green' : 'fill-paper stroke-rule-strong'}
      />
    </svg>
  );
}

/** Waits for the first request and says so the moment that it arrives. */
export function Arrival() {
  const { organization } = useWorkspace();
  const path = useOrganizationPath();
  const { data } = useQuery(onboardingQuery(browserApi, organization.id));
  const first = data?.firstCall ?? null;
  return (
    <div aria-live="polite" data-testid="arrival" className="flex flex-col gap-2 text-sm">
      <Line arrived={first !== null} />
      {first ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusMark signal={first.status < 400 ? 'clear' : 'stop'}>
            {first.status < 400
              ? 'Your first request arrived'
              : `A request arrived and failed with ${first.status}`}
          </StatusMark>
          <span className="text-ink-muted">
            {first.requestedModel} · <Money nanoUsd={first.costNanoUsd} />
          </span>
          <Link
            className="font-medium text-accent underline underline-offset-2"
            href={`${path('requests')}?call=${first.id}`}
          >
            See it in the log
          </Link>
        </p>
      ) : (
        <p className="text-ink-muted">
          Waiting for your first request. Paste the code into a terminal; this page notices by itself.
        </p>
      )}
    </div>
  );
}
