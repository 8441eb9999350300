import { ApiError } from '@/lib/api-error';

/** The error that belongs to a field of a form, if the server named it. */
export function fieldError(error: Error | null, path: string): string | null {
  return error instanceof ApiError ? (error.fields[path] ?? null) : null;
}

/** A failure that no field of the form shows. */
export function formFailure(error: Error | null, paths: readonly string[]): Error | null {
  if (!error) return null;
  return error instanceof ApiError && paths.some((path) => error.fields[path]) ? null : error;
}
