/** Something in the file is wrong; the message names every place and what to do, and repeats no value. */
export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError';

  /** @param problems one line each, with the place that it is about */
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(`${file} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
