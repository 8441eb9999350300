'use client';

import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { StatusMark } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { useTestOwnProvider } from '../api/own-providers';
import { trialWords } from '../trial-words';

/** One short question with each key; what the provider said stands under it. */
export function TrialForm({ provider }: { provider: Schemas['OwnProvider'] }) {
  const { organization } = useWorkspace();
  const test = useTestOwnProvider(organization.id, provider.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const model = String(new FormData(event.currentTarget).get('model') ?? '').trim();
    test.mutate(model || null);
  };
  const failure = formFailure(test.error, ['model']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id="trial-model"
        label="Model"
        hint={
          provider.isEndpoint
            ? 'As the endpoint calls it.'
            : 'As the provider calls it; empty takes its cheapest. A few tokens are billed by the provider.'
        }
        error={fieldError(test.error, 'model')}
      >
        <Input
          id="trial-model"
          name="model"
          maxLength={200}
          required={provider.isEndpoint}
          autoFocus
          aria-describedby="trial-model-hint"
        />
      </Field>
      <div aria-live="polite">
        {test.data ? <TrialResults trial={test.data} /> : null}
        {test.isPending ? (
          <p className="text-sm text-ink-muted">Asking with each key, at most 20 s…</p>
        ) : null}
      </div>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={test.isPending}>
          {test.isPending ? 'Asking…' : test.data ? 'Test again' : 'Test'}
        </Button>
      </div>
    </form>
  );
}

function TrialResults({ trial }: { trial: Schemas['OwnProviderTest'] }) {
  return (
    <ul className="border-t border-rule-strong text-sm" aria-label={`Results with ${trial.model}`}>
      {trial.results.map(({ credentialId, hint, outcome, message, statusCode, durationMs }) => {
        const { signal, word } = trialWords(outcome);
        return (
          <li key={credentialId ?? 'none'} className="border-b border-rule py-2">
            <p className="flex flex-wrap items-center justify-between gap-x-4">
              <code className="font-mono text-xs">{hint ?? 'without a key'}</code>
              <StatusMark signal={signal}>{word}</StatusMark>
              <span className="text-xs text-ink-muted tabular-nums">
                {statusCode === null ? '' : `${statusCode} · `}
                {durationMs} ms
              </span>
            </p>
            {message ? <p className="mt-1 text-xs break-words text-ink-muted">{message}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}
