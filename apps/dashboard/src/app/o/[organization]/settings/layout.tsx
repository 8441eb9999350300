import { Page } from '@/components/frame/page';
import { SubNav } from '@/components/frame/sub-nav';

const PAGES = [
  { page: 'projects', label: 'Organization and projects' },
  { page: 'members', label: 'Members' },
  { page: 'providers', label: 'Own providers' },
  { page: 'audit', label: 'Audit log' },
  { page: 'account', label: 'Your account' },
];

export default async function SettingsLayout({
  params,
  children,
}: LayoutProps<'/o/[organization]/settings'>) {
  const { organization } = await params;
  return (
    <Page title="Settings">
      <SubNav base={`/o/${organization}/settings`} pages={PAGES} label="Settings" />
      {children}
    </Page>
  );
}
