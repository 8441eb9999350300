'use client';

import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { useCreatePolicy } from '../api/change-policies';
import { PolicyEditor } from './policy-editor';

const EMPTY = { failover: {} };

export function NewPolicy() {
  const { organization, projects } = useWorkspace();
  const { scope } = useScope();
  const path = useOrganizationPath();
  const router = useRouter();
  const create = useCreatePolicy(organization.id);
  return (
    <PolicyEditor
      initial={EMPTY}
      back={path('policies')}
      pending={create.isPending || create.isSuccess}
      error={create.error}
      shown={['name']}
      onSave={(version, form) =>
        create.mutate(
          { ...version, name: String(form.get('name')), projectId: String(form.get('projectId')) },
          {
            onSuccess: ({ id, name }) => {
              toast.success(
                version.publish ? `“${name}” is in force where it is chosen` : `“${name}” is saved`,
              );
              router.push(path(`policies/${id}`));
            },
          },
        )
      }
      head={
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            id="policy-name"
            label="Name"
            hint="What its keys are for: support, nightly jobs, a customer."
            error={fieldError(create.error, 'name')}
          >
            <Input
              id="policy-name"
              name="name"
              maxLength={80}
              required
              autoFocus
              aria-describedby="policy-name-hint"
            />
          </Field>
          <Field id="policy-project" label="Project" hint="Keys of this project can have it.">
            <NativeSelect
              id="policy-project"
              name="projectId"
              defaultValue={scope.projectId ?? organization.defaultProjectId ?? ''}
              aria-describedby="policy-project-hint"
            >
              {projects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          </Field>
        </div>
      }
    />
  );
}
