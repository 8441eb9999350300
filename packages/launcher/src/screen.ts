/** What the person in front of `npm start` sees. */
export interface Screen {
  /** One line of progress, with the time since the beginning. */
  step(line: string): void;
  /** Text as it is. */
  say(text: string): void;
}

/** Writes to the standard output; a reader who has gone away is no reason to end. */
export function terminalScreen(startedAtMs: number, out: NodeJS.WriteStream = process.stdout): Screen {
  out.on('error', () => undefined);
  const say = (text: string) => void out.write(`${text}\n`);
  return {
    say,
    step: (line) => say(`${((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  };
}
