import { toast } from 'sonner';
import { ApiError } from './api-error';

/** Says that something failed whose form is no longer there to say it. */
export function toastFailure(title: string, error: Error): void {
  const requestId = error instanceof ApiError && error.requestId ? ` Request ${error.requestId}.` : '';
  toast.error(title, { description: `${error.message}${requestId}` });
}
