/** What can be picked out of a prompt to fill a schema with: each list in the order of the prompt. */
export interface PromptFacts {
  readonly text: string;
  /** `name: value`, `name = value`, and `name is value`, by lower-case name. */
  readonly named: ReadonlyMap<string, string>;
  readonly numbers: readonly number[];
  readonly quoted: readonly string[];
  /** Capitalised words that do not begin a sentence, neighbours joined: "New York". */
  readonly names: readonly string[];
}

const READ_LIMIT = 8_000;

export function promptFacts(prompt: string): PromptFacts {
  const text = prompt.slice(0, READ_LIMIT);
  const named = new Map<string, string>();
  for (const match of text.matchAll(
    /([\p{L}_]{2,30})\s*(?:[:=]|\bis\b)\s*("[^"\n]{1,200}"|[^\s,;"]{1,100})/gu,
  )) {
    named.set((match[1] ?? '').toLowerCase(), (match[2] ?? '').replaceAll('"', '').replace(/[.!?]$/u, ''));
  }
  return {
    text,
    named,
    numbers: [...text.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w])/gu)].map((match) => Number(match[0])),
    quoted: [...text.matchAll(/"([^"\n]{1,200})"|“([^”\n]{1,200})”/gu)].map(
      (match) => match[1] ?? match[2] ?? '',
    ),
    names: [...text.matchAll(/(?<=[\p{Ll}\p{N},"] )\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)*/gu)].map(
      (match) => match[0],
    ),
  };
}
