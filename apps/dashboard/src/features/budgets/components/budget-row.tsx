'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { Money } from '@/components/ui/money';
import { StatusMark, type Signal } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { readUsd, shortUsd } from '@/lib/format-money';
import { shareText } from '@/lib/format-number';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useChangeBudget, useLiftBudget } from '../api/change-budgets';
import { PERIOD_WORDS } from '../budget-words';

type Budget = Schemas['Budget'];

const FULL_PPM = 1_000_000;
const NEAR_PPM = 800_000;

function stateOf(usedPpm: number): { signal: Signal; word: string; fill: string } {
  if (usedPpm >= FULL_PPM) return { signal: 'stop', word: 'used up', fill: 'bg-signal-red' };
  if (usedPpm >= NEAR_PPM) return { signal: 'caution', word: 'nearly used', fill: 'bg-signal-amber' };
  return { signal: 'clear', word: 'within', fill: 'bg-signal-green' };
}

function ChangeLimit({ budget, onDone }: { budget: Budget; onDone: () => void }) {
  const { organization } = useWorkspace();
  const change = useChangeBudget(organization.id, budget.id);
  const [bad, setBad] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const limit = readUsd(String(new FormData(event.currentTarget).get('limit')));
    if (limit === null || limit <= 0n) return setBad('An amount in US dollars above 0.');
    change.mutate(limit.toString(), {
      onSuccess: () => {
        toast.success('The limit is changed; every gateway follows within two seconds');
        onDone();
      },
    });
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field
        id={`limit-${budget.id}`}
        label="Limit, US dollars"
        error={bad}
        hint={`Used so far: ${shortUsd(budget.usedNanoUsd)}`}
      >
        <Input
          id={`limit-${budget.id}`}
          name="limit"
          inputMode="decimal"
          defaultValue={shortUsd(budget.limitNanoUsd).replace('$', '')}
          required
          autoFocus
        />
      </Field>
      {change.error ? <FailureNote error={change.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

function LiftDialog({
  budget,
  open,
  onOpenChange,
}: {
  budget: Budget;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { organization } = useWorkspace();
  const lift = useLiftBudget(organization.id, budget.id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Lift the budget of ${budget.scopeName}?`}
      action="Lift the budget"
      busy="Lifting…"
      pending={lift.isPending}
      error={lift.error}
      onConfirm={() => lift.mutate(undefined, { onSuccess: () => onOpenChange(false) })}
    >
      <p>
        Calls are then bounded by the other budgets on their way and the wallet alone.{' '}
        {shortUsd(budget.usedNanoUsd)} of {shortUsd(budget.limitNanoUsd)} is used in this period.
      </p>
    </ConfirmDialog>
  );
}

/** A budget as a stretch of line: how far its period has come. */
export function BudgetRow({ budget }: { budget: Budget }) {
  const isAdmin = useIsAdmin();
  const [dialog, setDialog] = useState<'change' | 'lift' | null>(null);
  const { signal, word, fill } = stateOf(budget.usedPpm);
  return (
    <li className="grid items-center gap-x-6 gap-y-1.5 border-b border-rule py-3 text-sm sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="truncate font-medium">{budget.scopeName}</p>
        <p className="text-xs text-ink-muted">
          {budget.scope} · {budget.period === 'total' ? 'in all' : `per ${PERIOD_WORDS[budget.period]}`}
        </p>
      </div>
      <div>
        <div className="mb-1 flex flex-wrap justify-between gap-x-4 tabular-nums">
          <StatusMark signal={signal}>
            {shareText(budget.usedPpm)} {word}
          </StatusMark>
          <span>
            <Money nanoUsd={budget.usedNanoUsd} /> <span className="text-ink-muted">of</span>{' '}
            <Money nanoUsd={budget.limitNanoUsd} />
          </span>
        </div>
        <div className="h-1.5 bg-rule" role="img" aria-label={`${shareText(budget.usedPpm)} used`}>
          <div
            className={cn('h-full', fill)}
            style={{ width: `${Math.min(100, budget.usedPpm / 10_000)}%` }}
          />
        </div>
        <p className="mt-1 text-2xs text-ink-muted">
          {budget.periodEnd ? (
            <>
              begins anew <Time value={budget.periodEnd} />
            </>
          ) : (
            'never begins anew'
          )}
        </p>
      </div>
      {isAdmin ? (
        <div className="flex gap-1">
          <Button size="sm" onClick={() => setDialog('change')}>
            Change
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setDialog('lift')}>
            Lift
          </Button>
        </div>
      ) : null}
      <Dialog open={dialog === 'change'} onOpenChange={(open) => setDialog(open ? 'change' : null)}>
        <DialogContent title={`Limit of ${budget.scopeName}`}>
          <ChangeLimit budget={budget} onDone={() => setDialog(null)} />
        </DialogContent>
      </Dialog>
      <LiftDialog
        budget={budget}
        open={dialog === 'lift'}
        onOpenChange={(open) => setDialog(open ? 'lift' : null)}
      />
    </li>
  );
}
