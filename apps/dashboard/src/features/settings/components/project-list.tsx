'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import { browserApi, type Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useChangeProject, useCreateProject } from '../api/change-projects';
import { projectsQuery } from '../api/projects-query';

type Project = Schemas['Project'];

function NameForm({
  name,
  busy,
  error,
  action,
  onSubmit,
}: {
  name?: string;
  busy: boolean;
  error: Error | null;
  action: string;
  onSubmit: (name: string) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(String(new FormData(event.currentTarget).get('name')));
  };
  const failure = formFailure(error, ['name']);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field id="project-name" label="Name" error={fieldError(error, 'name')}>
        <Input id="project-name" name="name" maxLength={80} defaultValue={name} required autoFocus />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Saving…' : action}
        </Button>
      </div>
    </form>
  );
}

function CreateProject() {
  const { organization } = useWorkspace();
  const [open, setOpen] = useState(false);
  const create = useCreateProject(organization.id);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          New project
        </Button>
      </DialogTrigger>
      <DialogContent title="New project">
        <NameForm
          busy={create.isPending}
          error={create.error}
          action="Create project"
          onSubmit={(name) => create.mutate({ name, keepBodies: false }, { onSuccess: () => setOpen(false) })}
        />
      </DialogContent>
    </Dialog>
  );
}

function ProjectRow({ project }: { project: Project }) {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const change = useChangeProject(organization.id, project.id);
  const [dialog, setDialog] = useState<'rename' | 'archive' | null>(null);
  // The switch moves at once and goes back if the change fails.
  const keeps =
    change.isPending && change.variables.keepBodies !== undefined
      ? change.variables.keepBodies
      : project.keepBodies;
  const keep = (keepBodies: boolean) =>
    change.mutate(
      { keepBodies },
      {
        onSuccess: () =>
          toast.success(keepBodies ? 'Bodies are kept from now on' : 'Bodies are no longer kept'),
        onError: (error) => toastFailure('The project was not changed', error),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-rule py-3 text-sm">
      <div className="min-w-48 flex-1">
        <p className="font-medium">
          {project.name}
          {project.isDefault ? (
            <span className="ml-2 text-xs font-normal text-ink-muted">default</span>
          ) : null}
          {project.archivedAt ? (
            <span className="ml-2 text-xs font-normal text-ink-muted">archived</span>
          ) : null}
        </p>
        <p className="text-xs text-ink-muted">{plural(project.activeKeys, 'active key')}</p>
      </div>
      <div className="flex items-center gap-2">
        <ToggleSwitch id={`keep-${project.id}`} checked={keeps} disabled={!isAdmin} onCheckedChange={keep} />
        <label htmlFor={`keep-${project.id}`}>Keep requests and answers, encrypted</label>
      </div>
      {isAdmin ? (
        <div className="flex gap-1">
          <Button size="sm" onClick={() => setDialog('rename')}>
            Rename
          </Button>
          {project.archivedAt ? (
            <Button size="sm" variant="quiet" onClick={() => change.mutate({ archived: false })}>
              Take back
            </Button>
          ) : project.isDefault ? null : (
            <Button size="sm" variant="quiet" onClick={() => setDialog('archive')}>
              Archive
            </Button>
          )}
        </div>
      ) : null}
      <Dialog open={dialog === 'rename'} onOpenChange={(open) => setDialog(open ? 'rename' : null)}>
        <DialogContent title={`Rename ${project.name}`}>
          <NameForm
            name={project.name}
            busy={change.isPending}
            error={change.error}
            action="Rename"
            onSubmit={(name) => change.mutate({ name }, { onSuccess: () => setDialog(null) })}
          />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={dialog === 'archive'}
        onOpenChange={(open) => setDialog(open ? 'archive' : null)}
        title={`Archive ${project.name}?`}
        action="Archive the project"
        busy="Archiving…"
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ archived: true }, { onSuccess: () => setDialog(null) })}
      >
        <p>
          {project.activeKeys === 0
            ? 'No active key belongs to it.'
            : `${plural(project.activeKeys, 'active key')} of it stop working within a second.`}{' '}
          Its log stays, and it can be taken back.
        </p>
      </ConfirmDialog>
    </li>
  );
}

export function ProjectList() {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const query = useQuery(projectsQuery(browserApi, organization.id));
  return (
    <Section title="Projects" actions={isAdmin ? <CreateProject /> : null}>
      <Loaded query={query} skeleton={<RowSkeletons rows={2} />}>
        {(projects) => (
          <ul className="border-t border-rule-strong">
            {projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
