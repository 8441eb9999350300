'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { CodeSamples } from '@/components/data/code-samples';
import { SecretLine } from '@/components/data/secret-line';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Money } from '@/components/ui/money';
import { browserApi } from '@/lib/api';
import { walletQuery } from '@/lib/queries/wallet-query';
import { useWorkspace } from '@/lib/workspace';
import { createFirstKey } from '../api/create-first-key';
import { firstKeyOf } from '../first-key';
import { Arrival } from './arrival';

const MODEL = 'openai/gpt-4o-mini';

function KeyStep({ secret, onMade }: { secret: string | null; onMade: (secret: string) => void }) {
  const { organization } = useWorkspace();
  const create = useMutation({
    mutationFn: () => createFirstKey(organization.id, 'Key from the start page'),
    onSuccess: onMade,
  });
  if (secret) return <SecretLine secret={secret} />;
  return (
    <div className="flex flex-col items-start gap-3 text-sm">
      <p className="text-ink-muted">
        A key is shown once, when it is made. Make one for the code below, or put yours in.
      </p>
      {create.error ? <FailureNote error={create.error} /> : null}
      <Button variant="primary" disabled={create.isPending} onClick={() => create.mutate()}>
        {create.isPending ? 'Making a key…' : 'Make a key'}
      </Button>
    </div>
  );
}

function Credit() {
  const { organization } = useWorkspace();
  const { data } = useQuery(walletQuery(browserApi, organization.id));
  if (!data) return null;
  if (BigInt(data.balanceNanoUsd) > 0n) {
    return (
      <p className="mt-2 text-sm text-ink-muted">
        Your wallet holds <Money nanoUsd={data.balanceNanoUsd} className="text-ink" /> to try with.
      </p>
    );
  }
  return (
    <p className="mt-2 text-sm text-signal-amber">
      Your wallet is empty: an operator has to grant credit before the first call.
    </p>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="relative pb-8 pl-9 last:pb-0">
      <span
        aria-hidden
        className="absolute top-3 bottom-0 left-[0.6875rem] w-0.5 bg-rule-strong [li:last-child>&]:hidden"
      />
      <span
        aria-hidden
        className="absolute top-0 left-0 flex size-6 items-center justify-center rounded-full border-2 border-accent bg-paper text-xs font-semibold text-accent"
      >
        {number}
      </span>
      <h2 className="mb-2">{title}</h2>
      {children}
    </li>
  );
}

/** Key, code, arrival: the way to the first request. */
export function FirstRequest() {
  const { organization, platform } = useWorkspace();
  const [secret, setSecret] = useState<string | null>(null);
  // Known in the browser alone, so only after the first render, which has to be the server's.
  useEffect(() => setSecret(firstKeyOf(organization.id)), [organization.id]);
  return (
    <ol className="max-w-3xl">
      <Step number={1} title="Copy your key">
        <KeyStep secret={secret} onMade={setSecret} />
        <Credit />
      </Step>
      <Step number={2} title="Send a request">
        <CodeSamples gatewayUrl={platform.gatewayUrl} apiKey={secret ?? 'sk-tl-…'} model={MODEL} />
        {platform.simulator ? (
          <p className="mt-2 text-xs text-ink-muted">
            This installation has no provider key: answers come from the provider simulator.
          </p>
        ) : null}
      </Step>
      <Step number={3} title="See it arrive">
        <Arrival />
      </Step>
    </ol>
  );
}
