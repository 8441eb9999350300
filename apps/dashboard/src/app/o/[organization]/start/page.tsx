import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { FirstRequest, onboardingQuery } from '@/features/onboarding';
import { walletQuery } from '@/lib/queries/wallet-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'First request' };

export default async function StartPage(props: PageProps<'/o/[organization]/start'>) {
  const { scope } = await pageScope(props);
  const api = await serverApi();
  return (
    <Prefetched
      queries={[onboardingQuery(api, scope.organizationId), walletQuery(api, scope.organizationId)]}
    >
      <Page title="Your first request" lead="Three stops: a key, a request, its row in the log.">
        <FirstRequest />
      </Page>
    </Prefetched>
  );
}
