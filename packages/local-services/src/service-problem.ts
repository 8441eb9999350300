/**
 * A problem that the person in front of the screen can solve: its message is one sentence that says what is
 * wrong and what to do. It is shown without a stack.
 */
export class ServiceProblem extends Error {
  override readonly name = 'ServiceProblem';
}

/** Turns a full disk, wherever it shows, into the sentence that says so; other errors pass unchanged. */
export function explainDiskErrors(error: unknown, folder: string): unknown {
  const text =
    error instanceof Error
      ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`
      : String(error);
  if (!/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text)) return error;
  return new ServiceProblem(
    `The disk that holds ${folder} is full: free some space there, then start again.`,
    { cause: error },
  );
}
