import { cn } from '@/lib/class-names';
import { ApiError } from '@/lib/api-error';
import { CopyButton } from './copy-button';

/** What went wrong with what somebody just did: what happened, what to do, and the request id. */
export function FailureNote({ error, className }: { error: Error; className?: string }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div
      role="alert"
      className={cn(
        'border-l-2 border-signal-red bg-signal-red-wash px-3 py-2 text-sm text-signal-red',
        className,
      )}
    >
      <p>{error.message}</p>
      {requestId ? (
        <p className="mt-1 flex items-center gap-1 font-mono text-2xs">
          Request {requestId}
          <CopyButton text={requestId} label="Copy the request id" iconOnly />
        </p>
      ) : null}
    </div>
  );
}
