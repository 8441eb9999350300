import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/frame/account-menu';
import { Frame } from '@/components/frame/frame';
import { Page } from '@/components/frame/page';
import { Rail } from '@/components/frame/rail';
import { OPERATOR_RAIL } from '@/components/frame/stations';
import { EmptyState } from '@/components/states/empty-state';
import { OperatorPalette } from '@/features/command-palette';
import { platformFacts, requireMe } from '@/lib/server/session';

function Forbidden() {
  return (
    <Page title="Operators’ area">
      <EmptyState title="This is for operators of the platform">
        <p className="text-ink-muted">
          You are logged in as a customer. An operator can give your account that role.
        </p>
      </EmptyState>
    </Page>
  );
}

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const [me, { demo, simulator }] = await Promise.all([requireMe('/operator/tenants'), platformFacts()]);
  const hasSimulator = demo && simulator;
  const stretches = OPERATOR_RAIL.map((stretch) =>
    stretch.filter(({ page }) => hasSimulator || page !== 'simulator'),
  );
  const areas = me.organizations.length > 0 ? [{ href: '/', label: 'Your organization' }] : [];
  return (
    <>
      <Frame
        home="/operator/tenants"
        switcher={
          <p className="mx-3 rounded-md border border-rule bg-paper px-2.5 py-2 text-sm font-medium">
            Operators’ area
          </p>
        }
        rail={me.operator ? <Rail base="/operator" stretches={stretches} label="Operators’ pages" /> : null}
        account={<AccountMenu name={me.name} email={me.email} areas={areas} />}
      >
        {me.operator ? children : <Forbidden />}
      </Frame>
      {me.operator ? <OperatorPalette simulator={hasSimulator} /> : null}
    </>
  );
}
