import 'server-only';

import { requireMe } from './session';

/** Whether what an operator's page shows may be asked for; the layout says it to those who may not. */
export async function isOperator(): Promise<boolean> {
  return (await requireMe('/operator/tenants')).operator;
}
