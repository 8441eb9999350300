/** A part of a request that Converse cannot be given. Thrown inside the translation, and a value outside of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly param: string,
    message: string,
  ) {
    super(message);
  }
}
