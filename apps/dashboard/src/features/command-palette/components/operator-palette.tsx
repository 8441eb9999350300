'use client';

import { Palette } from '@/components/frame/palette';
import { OPERATOR_RAIL } from '@/components/frame/stations';

/** Pages of the operators' area, and the way back. */
export function OperatorPalette({ simulator }: { simulator: boolean }) {
  const pages = OPERATOR_RAIL.flat().filter(({ page }) => simulator || page !== 'simulator');
  const groups = [
    {
      heading: 'Operators’ area',
      items: pages.map(({ page, label, keywords = [] }) => ({
        id: `page ${label}`,
        label,
        keywords,
        href: `/operator/${page}`,
      })),
    },
    { heading: 'Elsewhere', items: [{ id: 'page Own organization', label: 'Your organization', href: '/' }] },
  ];
  return <Palette groups={groups} />;
}
