import { PageSkeleton } from '@/components/states/page-skeleton';

export default PageSkeleton;
