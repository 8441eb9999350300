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
  chosen = null,
  error,
}: {
  projectId: string;
  chosen?: { id: string; name: string } | null;
  error: Error | null;
}) {
  const { organization } = useWorkspace();
  const { data = [] } = useQuery(policiesQuery(browserApi, { organizationId: organization.id, projectId }));
  const published = data.filter(({ publishedVersion }) => publishedVersion !== null);
  // Also before the list is there: what was not touched must not change.
  const choices =
    chosen && !published.some(({ id }) => id === chosen.id) ? [chosen, ...published] : published;
  const general = published.find(({ isProjectDefault }) => isProjectDefault);
  return (
    <Field
      id="key-policy"
      label="Policy"
      hint="How its calls are failed over."
      error={fieldError(error, 'policyId')}
    >
      <NativeSelect
        // A policy of another project is no choice any more.
        key={projectId}
        id="key-policy"
        name="policyId"
        defaultValue={chosen?.id ?? ''}
        aria-describedby="key-policy-hint"
      >
        <option value="">{general ? `The project’s: ${general.name}` : 'The project’s: none'}</option>
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
