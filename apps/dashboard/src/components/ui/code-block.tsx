'use client';

import { cn } from '@/lib/class-names';
import { CopyButton } from './copy-button';

/** Code that works as pasted. */
export function CodeBlock({ code, label, className }: { code: string; label: string; className?: string }) {
  return (
    <div className={cn('relative rounded-md border border-rule bg-paper-sunken', className)}>
      <pre
        tabIndex={0}
        aria-label={label}
        className="p-3 pr-11 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-paper-sunken">
        <CopyButton text={code} label={`Copy ${label}`} iconOnly />
      </div>
    </div>
  );
}
