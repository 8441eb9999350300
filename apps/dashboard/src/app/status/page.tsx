import type { Metadata } from 'next';
import { StatusBoard, statusQuery } from '@/features/status';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = {
  title: 'Status',
  description: 'How every provider and model behind Trunkline is doing.',
};

export default async function StatusPage() {
  return (
    <Prefetched queries={[statusQuery(await serverApi())]}>
      <h1 className="mb-5">Status</h1>
      <StatusBoard />
    </Prefetched>
  );
}
