import 'server-only';

function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, ...(value.cause ? { cause: plain(value.cause) } : {}) };
}

/** One line of JSON on standard error, as the other parts write theirs. */
export function logFailure(msg: string, details: Readonly<Record<string, unknown>>): void {
  const fields = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, plain(value)]));
  process.stderr.write(`${JSON.stringify({ level: 50, time: Date.now(), ...fields, msg })}\n`);
}
