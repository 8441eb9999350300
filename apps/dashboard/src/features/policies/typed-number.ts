/** A number that was typed; undefined for none. */
export function typedNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}
