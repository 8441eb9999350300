import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';

/** What of an endpoint of one's own nobody else can know: its name here and its protocol. */
export function EndpointFields({ protocols, error }: { protocols: readonly string[]; error: Error | null }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        id="own-name"
        label="Name"
        hint="Stands before the model: name/any-model."
        error={fieldError(error, 'providerId')}
      >
        <Input
          id="own-name"
          name="name"
          required
          maxLength={60}
          pattern="[a-z0-9][a-z0-9\-]*"
          title="Lower-case letters, digits and hyphens"
          placeholder="my-vllm"
          aria-describedby="own-name-hint"
        />
      </Field>
      <Field id="own-protocol" label="Protocol" error={fieldError(error, 'protocol')}>
        <NativeSelect id="own-protocol" name="protocol" defaultValue="openai">
          {protocols.map((protocol) => (
            <option key={protocol} value={protocol}>
              {protocol}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </div>
  );
}
