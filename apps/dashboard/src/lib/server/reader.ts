import 'server-only';

import { cookies } from 'next/headers';
import { isTimeZone, TIME_ZONE_COOKIE } from '../time-zone';

/** The reader's time zone as the browser told it last; UTC until it did. */
export async function readerTimeZone(): Promise<string> {
  const said = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  const zone = said ? decodeURIComponent(said) : '';
  return isTimeZone(zone) ? zone : 'UTC';
}
