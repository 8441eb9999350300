/** Keys as they were typed: one a line; a file of a service account, with its braces, is one key. */
export function readKeys(text: FormDataEntryValue | null): string[] {
  const typed = typeof text === 'string' ? text.trim() : '';
  if (typed.startsWith('{')) return [typed];
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
