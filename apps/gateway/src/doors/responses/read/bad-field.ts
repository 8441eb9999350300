import { AppError } from '@trunkline/errors';

/** A field that is of the right type and cannot be right all the same. */
export function badField(param: string, problem: string): AppError {
  return new AppError('invalid_value', {
    publicMessage: `Invalid value for '${param}': ${problem}.`,
    param,
  });
}

/** Ids of files and the like belong to whoever made them there, which on the platform's account is nobody's to say. */
export function keptAtProvider(param: string): AppError {
  return badField(param, 'names an object kept at a provider, and none of them is known to be yours');
}
