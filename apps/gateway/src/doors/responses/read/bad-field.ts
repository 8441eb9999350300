import { AppError } from '@trunkline/errors';

/** A field that is of the right type and cannot be right all the same. */
export function badField(param: string, problem: string): AppError {
  return new AppError('invalid_value', {
    publicMessage: `Invalid value for '${param}': ${problem}.`,
    param,
  });
}
