/** Prints variables as lines that a shell can read with `.`: every value in single quotes. */
export function printShellEnv(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}

/** Reads what `printShellEnv` printed; comments, `export` and unquoted or double-quoted simple values are understood too. */
export function parseShellEnv(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  const assignment = /^(?:export )?([A-Za-z_]\w*)=((?:'[^']*'|\\.|"[^"\\$`]*"|[^\s'"\\])*)$/gm;
  for (const [, name = '', value = ''] of text.matchAll(assignment)) {
    variables[name] = value.replaceAll(
      /'([^']*)'|"([^"]*)"|\\(.)/g,
      (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? '',
    );
  }
  return variables;
}
