import type { Metadata } from 'next';
import { ModelDetail } from '@/features/models';
import { modelQuery } from '@/lib/queries/model-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

type Props = PageProps<'/o/[organization]/models/[author]/[slug]'>;

async function nameOf({ params }: Props): Promise<{ author: string; slug: string }> {
  const { author, slug } = await params;
  return { author: decodeURIComponent(author), slug: decodeURIComponent(slug) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { author, slug } = await nameOf(props);
  return { title: `${author}/${slug}` };
}

export default async function ModelPage(props: Props) {
  const [{ scope }, { author, slug }, api] = await Promise.all([
    pageScope(props),
    nameOf(props),
    serverApi(),
  ]);
  return (
    <Prefetched queries={[modelQuery(api, scope.organizationId, author, slug)]}>
      <ModelDetail author={author} slug={slug} />
    </Prefetched>
  );
}
