'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { browserApi, type Schemas } from '@/lib/api';
import { readUsd } from '@/lib/format-money';
import { keysQuery } from '@/lib/queries/keys-query';
import { membersQuery } from '@/lib/queries/members-query';
import { useWorkspace } from '@/lib/workspace';
import { useCreateBudget } from '../api/change-budgets';
import { PERIOD_WORDS, SCOPE_WORDS } from '../budget-words';

type Scope = Schemas['Budget']['scope'];
type Period = Schemas['Budget']['period'];

const SCOPES = Object.keys(SCOPE_WORDS) as Scope[];
const PERIODS = Object.keys(PERIOD_WORDS) as Period[];

/** What a budget of this scope can hold for. */
function useTargets(scope: Scope): readonly { id: string; name: string }[] {
  const { organization, projects } = useWorkspace();
  const keys = useQuery({
    ...keysQuery(browserApi, { organizationId: organization.id, projectId: null }),
    enabled: scope === 'key',
  });
  const members = useQuery({ ...membersQuery(browserApi, organization.id), enabled: scope === 'member' });
  switch (scope) {
    case 'organization':
      return [{ id: organization.id, name: organization.name }];
    case 'project':
      return projects;
    case 'key':
      return (keys.data?.items ?? []).filter(({ state }) => state !== 'revoked');
    case 'member':
      return members.data ?? [];
  }
}

export function BudgetForm({ onDone }: { onDone: () => void }) {
  const { organization } = useWorkspace();
  const [scope, setScope] = useState<Scope>('organization');
  const [badLimit, setBadLimit] = useState<string | null>(null);
  const targets = useTargets(scope);
  const create = useCreateBudget(organization.id);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const limit = readUsd(String(form.get('limit')));
    if (limit === null || limit <= 0n) {
      setBadLimit('An amount in US dollars above 0, such as 25 or 0.50.');
      return;
    }
    setBadLimit(null);
    const period = PERIODS.find((one) => one === form.get('period')) ?? 'month';
    create.mutate(
      { scope, scopeId: String(form.get('scopeId')), period, limitNanoUsd: limit.toString() },
      { onSuccess: onDone },
    );
  };
  const failure = formFailure(create.error, ['limitNanoUsd']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="budget-scope" label="Holds for">
          <NativeSelect
            id="budget-scope"
            value={scope}
            onChange={(event) => setScope(SCOPES.find((one) => one === event.target.value) ?? 'organization')}
          >
            {SCOPES.map((one) => (
              <option key={one} value={one}>
                {SCOPE_WORDS[one]}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field id="budget-target" label="Which">
          <NativeSelect id="budget-target" name="scopeId" required>
            {targets.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field
          id="budget-limit"
          label="Limit, US dollars"
          error={badLimit ?? fieldError(create.error, 'limitNanoUsd')}
        >
          <Input id="budget-limit" name="limit" inputMode="decimal" placeholder="25.00" required autoFocus />
        </Field>
        <Field id="budget-period" label="Per">
          <NativeSelect id="budget-period" name="period" defaultValue="month">
            {PERIODS.map((one) => (
              <option key={one} value={one}>
                {PERIOD_WORDS[one]}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <p className="text-xs text-ink-muted">
        A call that would pass the limit is refused with 402 before it is sent. Periods begin at midnight UTC.
      </p>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={create.isPending || targets.length === 0}>
          {create.isPending ? 'Creating…' : 'Create budget'}
        </Button>
      </div>
    </form>
  );
}
