import { Field, Input } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';

/** What the catalog cannot say of an endpoint: its protocol, and what any of its models costs. */
export function EndpointFields({ error }: { error: Error | null }) {
  const priceError = fieldError(error, 'unlistedPrice');
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field id="entry-protocol" label="Protocol" error={fieldError(error, 'protocol')}>
        <Input id="entry-protocol" name="protocol" defaultValue="openai" required />
      </Field>
      <Field
        id="entry-input"
        label="Input, $ per million"
        error={priceError ?? fieldError(error, 'unlistedPrice.input')}
      >
        <Input id="entry-input" name="input" inputMode="decimal" placeholder="0.50" required />
      </Field>
      <Field
        id="entry-output"
        label="Output, $ per million"
        error={fieldError(error, 'unlistedPrice.output')}
      >
        <Input id="entry-output" name="output" inputMode="decimal" placeholder="1.50" required />
      </Field>
    </div>
  );
}
