import { redirect } from 'next/navigation';
import { requireMe } from '@/lib/server/session';

/** The door: to the organization of last time, to naming one, or to the operators' area. */
export default async function HomePage() {
  const me = await requireMe('/');
  const active = me.organizations.find(({ id }) => id === me.activeOrganizationId) ?? me.organizations[0];
  if (active) redirect(`/o/${active.slug}/overview`);
  redirect(me.operator ? '/operator/tenants' : '/welcome');
}
