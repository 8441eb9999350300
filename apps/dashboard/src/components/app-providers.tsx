'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useEffect, type ReactNode } from 'react';
import { Toaster } from 'sonner';
import { getQueryClient } from '@/lib/query-client';
import { ReaderClockProvider } from '@/lib/reader-clock';
import { followTheme } from '@/lib/theme';

export function AppProviders({
  timeZone,
  nowMs,
  children,
}: {
  timeZone: string;
  nowMs: number;
  children: ReactNode;
}) {
  useEffect(followTheme, []);
  return (
    <QueryClientProvider client={getQueryClient()}>
      <ReaderClockProvider timeZone={timeZone} nowMs={nowMs}>
        <NuqsAdapter>
          {children}
          <Toaster
            position="bottom-right"
            toastOptions={{
              classNames: {
                toast: 'bg-paper-raised! border-rule! text-ink! rounded-lg! text-sm!',
                description: 'text-ink-muted!',
              },
            }}
          />
        </NuqsAdapter>
      </ReaderClockProvider>
    </QueryClientProvider>
  );
}
