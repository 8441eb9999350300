'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';

/** Copies a text and says so for two seconds. */
export function CopyButton({
  text,
  label = 'Copy',
  iconOnly = false,
}: {
  text: string;
  label?: string;
  iconOnly?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };

  const Icon = copied ? Check : Copy;
  return (
    <Button
      size={iconOnly ? 'icon' : 'sm'}
      variant={iconOnly ? 'quiet' : 'secondary'}
      onClick={copy}
      {...(iconOnly ? { 'aria-label': label } : {})}
    >
      <Icon aria-hidden />
      {iconOnly ? null : <span>{copied ? 'Copied' : label}</span>}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
