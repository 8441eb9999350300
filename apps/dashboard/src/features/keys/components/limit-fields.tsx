import { Field, Input } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';

interface Limits {
  requestsPerMinute: number | null;
  maxConcurrency: number | null;
}

/** A whole number of a form; null where nothing was typed. */
export function readLimit(form: FormData, name: string): number | null {
  const text = String(form.get(name) ?? '').trim();
  return text === '' ? null : Number(text);
}

/** Requests per minute and calls at once; empty is no limit. */
export function LimitFields({ limits, error }: { limits?: Limits; error: Error | null }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        id="requestsPerMinute"
        label="Requests per minute"
        error={fieldError(error, 'requestsPerMinute')}
      >
        <Input
          id="requestsPerMinute"
          name="requestsPerMinute"
          type="number"
          min={1}
          max={10_000_000}
          placeholder="No limit"
          defaultValue={limits?.requestsPerMinute ?? ''}
        />
      </Field>
      <Field id="maxConcurrency" label="Calls at once" error={fieldError(error, 'maxConcurrency')}>
        <Input
          id="maxConcurrency"
          name="maxConcurrency"
          type="number"
          min={1}
          max={10_000_000}
          placeholder="No limit"
          defaultValue={limits?.maxConcurrency ?? ''}
        />
      </Field>
    </div>
  );
}
