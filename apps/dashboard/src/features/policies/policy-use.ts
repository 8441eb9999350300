import type { Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';

/** Whose calls go by it. */
export function usersOf({ isProjectDefault, projectName, keys }: Schemas['Policy']): string | null {
  const parts = [
    ...(isProjectDefault ? [`default of ${projectName}`] : []),
    ...(keys > 0 ? [plural(keys, 'key')] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : null;
}
