'use client';

import { useQuery } from '@tanstack/react-query';
import { Field, NativeSelect } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';
import { browserApi } from '@/lib/api';
import { policiesQuery } from '@/lib/queries/policies-query';
import { useWorkspace } from '@/lib/workspace';

/** The chosen policy of a form; null for the project's default. */
export function readPolicy(form: FormData): string | null {
  return String(form.get('policyId') ?? '') || null;
}

/** Which of its project's published policies a key's calls go by. */
export function PolicyField({
  projectId,
  chosen,
  error,
}: {
  projectId: string;
  chosen?: string | null;
  error: Error | null;
}) {
  const { organization } = useWorkspace();
  const { data = [] } = useQuery(policiesQuery(browserApi, { organizationId: organization.id, projectId }));
  const published = data.filter(({ publishedVersion }) => publishedVersion !== null);
  const general = published.find(({ isProjectDefault }) => isProjectDefault);
  return (
    <Field
      id="key-policy"
      label="Policy"
      hint="How its calls are failed over."
      error={fieldError(error, 'policyId')}
    >
      <NativeSelect
        // What is chosen is among the choices once they are there.
        key={`${projectId} ${data.length}`}
        id="key-policy"
        name="policyId"
        defaultValue={chosen ?? ''}
        aria-describedby="key-policy-hint"
      >
        <option value="">{general ? `The project’s: ${general.name}` : 'The project’s: none'}</option>
        {published.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
