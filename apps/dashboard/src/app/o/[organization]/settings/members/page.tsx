import type { Metadata } from 'next';
import { Invitations, invitationsQuery, MemberList } from '@/features/settings';
import { membersQuery } from '@/lib/queries/members-query';
import { pageOrganization, pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage(props: PageProps<'/o/[organization]/settings/members'>) {
  const { scope } = await pageScope(props);
  const { role } = await pageOrganization((await props.params).organization);
  const api = await serverApi();
  const invitations = role === 'member' ? [] : [invitationsQuery(api, scope.organizationId)];
  return (
    <Prefetched queries={[membersQuery(api, scope.organizationId), ...invitations]}>
      <div className="flex flex-col gap-8">
        <MemberList />
        <Invitations />
      </div>
    </Prefetched>
  );
}
