/** A provider's cost, name, account and bookkeeping: they never reach a client. */
const ALWAYS = [
  ...['provider', 'cost', 'x_groq', 'openrouter_metadata', 'nvext', 'rate_limit'],
  ...['user_id', 'account_id', 'organization', 'organization_id'],
];

export type FieldStripper = (answer: Record<string, unknown>) => boolean;

/** @returns a function that removes them in place and says whether there were any */
export function fieldStripper(more: readonly string[] = []): FieldStripper {
  const fields = [...ALWAYS, ...more];
  return (answer) => {
    let found = false;
    for (const field of fields) {
      if (answer[field] === undefined) continue;
      delete answer[field];
      found = true;
    }
    return found;
  };
}
