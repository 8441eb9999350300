import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { BudgetList, CreateBudgetDialog } from '@/features/budgets';
import { budgetsQuery } from '@/lib/queries/budgets-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Budgets' };

export default async function BudgetsPage(props: PageProps<'/o/[organization]/budgets'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[budgetsQuery(await serverApi(), scope.organizationId)]}>
      <Page title="Budgets" actions={<CreateBudgetDialog />}>
        <BudgetList />
      </Page>
    </Prefetched>
  );
}
