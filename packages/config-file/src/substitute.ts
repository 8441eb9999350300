/** A key or an index on the way from the document's top. */
export type Path = readonly (string | number)[];

export interface Substituted {
  value: unknown;
  problems: { path: Path; message: string }[];
}

/** `${NAME}`, and what was meant to be one. */
const REFERENCE = /\$\{([^}]*)\}?/g;
const NAME = /^[A-Za-z_]\w*$/;

/**
 * Replaces `${NAME}` in every string of a parsed document; keys are left alone. What a variable holds is text and
 * nothing else: it is not parsed again.
 * @param variables an empty one counts as not set
 */
export function substitute(
  value: unknown,
  variables: Readonly<Record<string, string | undefined>>,
  path: Path = [],
): Substituted {
  if (typeof value === 'string') return substituteText(value, variables, path);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => substitute(item, variables, [...path, index]));
    return { value: items.map((item) => item.value), problems: items.flatMap((item) => item.problems) };
  }
  if (typeof value !== 'object' || value === null) return { value, problems: [] };
  const entries = Object.entries(value).map(
    ([key, item]) => [key, substitute(item, variables, [...path, key])] as const,
  );
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    problems: entries.flatMap(([, item]) => item.problems),
  };
}

function substituteText(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
  path: Path,
): Substituted {
  const problems: Substituted['problems'] = [];
  const value = text.replaceAll(REFERENCE, (reference: string, name: string) => {
    if (!reference.endsWith('}') || !NAME.test(name)) {
      problems.push({ path, message: 'after ${ there must be the name of a variable and }' });
      return '';
    }
    const replacement = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (!replacement) problems.push({ path, message: `the environment variable ${name} is not set` });
    return replacement ?? '';
  });
  return { value, problems };
}

/** Names of the variables that strings of a parsed document refer to. */
export function variablesIn(value: unknown): string[] {
  const names = new Set<string>();
  collect(value, names);
  return [...names];
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value === 'string') {
    for (const [, name] of value.matchAll(REFERENCE)) if (name && NAME.test(name)) names.add(name);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collect(item, names);
  }
}
