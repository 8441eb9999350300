'use client';

import { Button } from '@/components/ui/button';

/** In place of a page whose server part failed: the control plane is away, or there is a mistake of ours. */
export function RouteError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex min-h-[60dvh] flex-col items-start justify-center px-6">
      <div
        role="alert"
        className="flex flex-col items-start gap-2 border-l-2 border-signal-red py-1 pl-4 text-sm"
      >
        <h1>This page could not be shown</h1>
        <p className="max-w-prose text-ink-muted">
          The control plane did not answer as it should. Calls through the gateway go on meanwhile. Try again
          in a moment; if it stays, tell an operator the number below.
        </p>
        {error.digest ? <p className="font-mono text-2xs text-ink-muted">Error {error.digest}</p> : null}
        <Button onClick={reset}>Try again</Button>
      </div>
    </div>
  );
}
