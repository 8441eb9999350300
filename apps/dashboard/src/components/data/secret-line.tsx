import { CopyButton } from '@/components/ui/copy-button';

/** A key that is shown this once. */
export function SecretLine({ secret }: { secret: string }) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 rounded-md border border-rule-strong bg-paper-sunken py-1.5 pr-1.5 pl-3">
        <code data-testid="secret" className="min-w-0 flex-1 font-mono text-xs break-all">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy key" />
      </div>
      <p className="mt-1.5 text-xs text-ink-muted">
        Shown this once: only its hash is kept. Put it where your secrets are.
      </p>
    </div>
  );
}
