'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import type { Schemas } from '@/lib/api';
import { readUsd } from '@/lib/format-money';
import { useScope } from '@/lib/use-scope';
import { useWorkspace } from '@/lib/workspace';
import { useCreateKey, type NewKey } from '../api/create-key';
import { AllowedModels } from './allowed-models';
import { LimitFields, readLimit } from './limit-fields';
import { PolicyField, readPolicy } from './policy-field';

const DAY_MS = 86_400_000;
const EXPIRIES = [
  { days: '', label: 'Never' },
  { days: '7', label: 'In 7 days' },
  { days: '30', label: 'In 30 days' },
  { days: '90', label: 'In 90 days' },
  { days: '365', label: 'In a year' },
] as const;

type Period = Schemas['Budget']['period'];
const PERIODS: readonly { value: Period; label: string }[] = [
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
  { value: 'total', label: 'in all' },
];

function readKey(form: FormData, allowedModels: string[]): NewKey {
  const days = String(form.get('expires') ?? '');
  const limit = readUsd(String(form.get('budget') ?? ''));
  const period = PERIODS.find(({ value }) => value === form.get('period'))?.value ?? 'month';
  return {
    name: String(form.get('name')),
    projectId: String(form.get('projectId')),
    allowedModels,
    policyId: readPolicy(form),
    requestsPerMinute: readLimit(form, 'requestsPerMinute'),
    maxConcurrency: readLimit(form, 'maxConcurrency'),
    expiresAt: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
    budget: limit === null ? null : { period, limitNanoUsd: limit.toString() },
  };
}

const SHOWN = ['name', 'policyId', 'requestsPerMinute', 'maxConcurrency', 'budget.limitNanoUsd'];

export function CreateKeyForm({ onCreated }: { onCreated: (created: Schemas['CreatedApiKey']) => void }) {
  const { organization, projects } = useWorkspace();
  const { scope } = useScope();
  const create = useCreateKey(organization.id);
  const [allowedModels, setAllowedModels] = useState<string[]>([]);
  const [projectId, setProjectId] = useState(scope.projectId ?? organization.defaultProjectId ?? '');
  const [badBudget, setBadBudget] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = String(form.get('budget') ?? '').trim();
    if (typed !== '' && readUsd(typed) === null) {
      setBadBudget('An amount in US dollars, such as 25 or 0.50.');
      return;
    }
    setBadBudget(null);
    create.mutate(readKey(form, allowedModels), { onSuccess: onCreated });
  };

  const failure = formFailure(create.error, SHOWN);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id="key-name"
        label="Name"
        hint="Where it will be used: a service, a person, a machine."
        error={fieldError(create.error, 'name')}
      >
        <Input id="key-name" name="name" maxLength={80} required autoFocus aria-describedby="key-name-hint" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="key-project" label="Project">
          <NativeSelect
            id="key-project"
            name="projectId"
            value={projectId}
            onChange={({ target }) => setProjectId(target.value)}
          >
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field id="key-expires" label="Expires">
          <NativeSelect id="key-expires" name="expires" defaultValue="">
            {EXPIRIES.map(({ days, label }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <AllowedModels chosen={allowedModels} onChange={setAllowedModels} />
      <PolicyField projectId={projectId} error={create.error} />
      <LimitFields error={create.error} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          id="key-budget"
          label="Budget, US dollars"
          error={badBudget ?? fieldError(create.error, 'budget.limitNanoUsd')}
        >
          <Input id="key-budget" name="budget" inputMode="decimal" placeholder="No limit" />
        </Field>
        <Field id="key-period" label="Per">
          <NativeSelect id="key-period" name="period" defaultValue="month">
            {PERIODS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={create.isPending}>
          {create.isPending ? 'Creating…' : 'Create key'}
        </Button>
      </div>
    </form>
  );
}
