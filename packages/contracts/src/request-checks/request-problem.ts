/** What is wrong with a request beyond the types of its fields, and where. */
export interface RequestProblem {
  /** In the canonical request; a door whose dialect has other names turns it into its own. */
  readonly path: readonly (string | number)[];
  /** Goes on from the field's name: `is not valid base64`. */
  readonly reason: string;
}
