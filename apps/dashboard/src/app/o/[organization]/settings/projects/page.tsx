import type { Metadata } from 'next';
import { OrganizationName, ProjectList, projectsQuery } from '@/features/settings';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage(props: PageProps<'/o/[organization]/settings/projects'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[projectsQuery(await serverApi(), scope.organizationId)]}>
      <div className="flex flex-col gap-8">
        <ProjectList />
        <OrganizationName />
      </div>
    </Prefetched>
  );
}
