import { headers } from 'next/headers';
import { AccountMenu } from '@/components/frame/account-menu';
import { Frame } from '@/components/frame/frame';
import { Rail } from '@/components/frame/rail';
import { ORGANIZATION_RAIL } from '@/components/frame/stations';
import { WorkspaceSwitcher } from '@/components/frame/workspace-switcher';
import { OrganizationPalette } from '@/features/command-palette';
import { answerOf } from '@/lib/api';
import { pageOrganization } from '@/lib/server/organization';
import { serverApi } from '@/lib/server/server-api';
import { platformFacts, requireMe } from '@/lib/server/session';
import { WorkspaceProvider } from '@/lib/workspace';

export default async function OrganizationLayout({ params, children }: LayoutProps<'/o/[organization]'>) {
  const { organization: slug } = await params;
  const here = (await headers()).get('x-path') ?? `/o/${slug}/overview`;
  const organization = await pageOrganization(slug, here);
  const api = await serverApi();
  const [me, platform, projects] = await Promise.all([
    requireMe(here),
    platformFacts(),
    answerOf(
      api.GET('/api/organizations/{organizationId}/projects', {
        params: { path: { organizationId: organization.id } },
      }),
    ),
  ]);
  const base = `/o/${slug}`;
  const areas = [
    { href: `${base}/settings/account`, label: 'Your account' },
    ...(me.operator ? [{ href: '/operator/tenants', label: 'Operators’ area' }] : []),
  ];
  return (
    <WorkspaceProvider value={{ me, platform, organization, projects: projects.items }}>
      <Frame
        home={`${base}/overview`}
        switcher={<WorkspaceSwitcher />}
        rail={<Rail base={base} stretches={ORGANIZATION_RAIL} label="Pages" />}
        account={<AccountMenu name={me.name} email={me.email} areas={areas} />}
      >
        {children}
      </Frame>
      <OrganizationPalette />
    </WorkspaceProvider>
  );
}
