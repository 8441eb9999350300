'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { browserApi } from '@/lib/api';
import { budgetsQuery } from '@/lib/queries/budgets-query';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { BudgetForm } from './budget-form';
import { BudgetRow } from './budget-row';

export function CreateBudgetDialog() {
  const [open, setOpen] = useQueryState('new', parseAsBoolean.withDefault(false));
  if (!useIsAdmin()) return null;
  return (
    <Dialog open={open} onOpenChange={(next) => void setOpen(next || null)}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          New budget
        </Button>
      </DialogTrigger>
      <DialogContent title="New budget">
        <BudgetForm onDone={() => void setOpen(null)} />
      </DialogContent>
    </Dialog>
  );
}

/** Budgets, the fullest first. */
export function BudgetList() {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const query = useQuery(budgetsQuery(browserApi, organization.id));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {(budgets) =>
        budgets.length === 0 ? (
          <EmptyState title="No budget yet">
            <p className="text-ink-muted">
              Without one the wallet alone bounds what is spent. A budget holds for the organization, a
              project, a key or a member, per day, week, month or in all; a call that would pass it is refused
              before it is sent.
              {isAdmin ? '' : ' Admins set them.'}
            </p>
          </EmptyState>
        ) : (
          <ul className="border-t border-rule-strong">
            {budgets
              .toSorted((left, right) => right.usedPpm - left.usedPpm)
              .map((budget) => (
                <BudgetRow key={budget.id} budget={budget} />
              ))}
          </ul>
        )
      }
    </Loaded>
  );
}
