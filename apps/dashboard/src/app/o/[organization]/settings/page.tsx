import { redirect } from 'next/navigation';

export default async function SettingsPage({ params }: PageProps<'/o/[organization]/settings'>) {
  redirect(`/o/${(await params).organization}/settings/projects`);
}
