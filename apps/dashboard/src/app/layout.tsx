import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { AppProviders } from '@/components/app-providers';
import { readerTimeZone } from '@/lib/server/reader';
import { themeScript } from '@/lib/theme';
import { timeZoneScript } from '@/lib/time-zone';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Trunkline', template: '%s · Trunkline' },
  description: 'One line to every model.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#151411' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const timeZone = await readerTimeZone();
  return (
    // The theme is set by a script before the first paint, which the server cannot know.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <script
          {...(nonce ? { nonce } : {})}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${themeScript};${timeZoneScript}` }}
        />
      </head>
      <body>
        <AppProviders timeZone={timeZone} nowMs={Date.now()}>
          {children}
        </AppProviders>
      </body>
    </html>
  );
}
