/** Characters of a text as providers charge for them: Unicode's, of which some take two of JavaScript's. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
