'use client';

import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ApiError } from '@/lib/api-error';

interface Told {
  title: string;
  advice: string;
  canRetry: boolean;
}

/** What happened and what to do. */
function tell(error: Error): Told {
  const status = error instanceof ApiError ? error.status : -1;
  if (status === 403) {
    return {
      title: 'This is for admins',
      advice: 'Ask an owner or admin of the organization to change your role.',
      canRetry: false,
    };
  }
  if (status === 404) {
    return {
      title: 'There is nothing here',
      advice: 'It was deleted, or it belongs to another organization.',
      canRetry: false,
    };
  }
  if (status === 401) {
    return {
      title: 'You are logged out',
      advice: 'Log in again; this page will be as you left it.',
      canRetry: false,
    };
  }
  if (status === 429)
    return { title: 'Too many requests', advice: 'Wait a minute, then try again.', canRetry: true };
  if (status === 0) {
    return {
      title: 'No connection',
      advice: 'Check your network. Calls through the gateway are not affected by this page.',
      canRetry: true,
    };
  }
  if (status === 503) {
    return {
      title: 'The control plane does not answer',
      advice: 'Calls through the gateway go on meanwhile. Try again in a moment.',
      canRetry: true,
    };
  }
  return {
    title: 'This could not be loaded',
    advice: 'Try again. If it stays, tell an operator the request id.',
    canRetry: true,
  };
}

/** In place of what could not be loaded. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const { title, advice, canRetry } = tell(error);
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-2 border-l-2 border-signal-red py-1 pl-4 text-sm"
    >
      <p className="font-medium">{title}</p>
      <p className="max-w-prose text-ink-muted">
        {error.message} {advice}
      </p>
      {requestId ? (
        <p className="flex items-center gap-1 font-mono text-2xs text-ink-muted">
          Request {requestId}
          <CopyButton text={requestId} label="Copy the request id" iconOnly />
        </p>
      ) : null}
      {canRetry && retry ? (
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
