import Link from 'next/link';
import { Wordmark } from '@/components/frame/wordmark';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-start justify-center gap-4 px-6 sm:pl-[20vw]">
      <Wordmark />
      <h1>There is nothing at this address</h1>
      <p className="max-w-prose text-sm text-ink-muted">
        The page was moved, or it belongs to an organization that you are not a member of.
      </p>
      <Link className="text-sm text-accent underline underline-offset-2" href="/">
        Go to the dashboard
      </Link>
    </main>
  );
}
