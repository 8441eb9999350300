'use client';

import Link from 'next/link';
import { useState, type FormEvent, type ReactNode } from 'react';
import { EmptyState } from '@/components/states/empty-state';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input } from '@/components/ui/field';
import { formFailure } from '@/components/ui/form-fields';
import type { Schemas } from '@/lib/api';
import { useIsAdmin } from '@/lib/workspace';
import type { NewVersion } from '../api/change-policies';
import type { Failover } from '../failover-words';
import { DocumentField } from './document-field';
import { FailoverFields } from './failover-fields';

type Document = Schemas['PolicyDocument'];

/** Fields of the form that say themselves what is wrong with them. */
const SHOWN = [
  ...['connectMs', 'headersMs', 'firstTokenMs', 'gapMs', 'totalMs', 'rescue', 'hedge', 'fallbackModels'].map(
    (name) => `document.failover.${name}`,
  ),
  ...Array.from({ length: 10 }, (_, place) => `document.failover.fallbackModels.${place}`),
];

function withFailover(document: Document, change: Record<string, unknown>): Document {
  const said = Object.entries({ ...document.failover, ...change }).filter(([, value]) => value !== undefined);
  return { ...document, failover: Object.fromEntries(said) as Failover };
}

/** Writes a policy's document, as a form and as JSON side by side. */
export function PolicyEditor({
  initial,
  back,
  head,
  pending,
  error,
  shown = [],
  onSave,
}: {
  initial: Document;
  /** Where who does not want to save goes. */
  back: string;
  /** What stands above the document. */
  head?: ReactNode;
  pending: boolean;
  error: Error | null;
  /** Further fields that show what is wrong with them. */
  shown?: readonly string[];
  onSave: (version: NewVersion, form: FormData) => void;
}) {
  const [document, setDocument] = useState(initial);
  const isAdmin = useIsAdmin();
  const [hasProblem, setHasProblem] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { submitter } = event.nativeEvent as SubmitEvent;
    const publish = submitter?.getAttribute('value') !== 'draft';
    const note = String(form.get('note')).trim();
    onSave({ document, note: note === '' ? null : note, publish }, form);
  };
  if (!isAdmin) {
    return (
      <EmptyState title="Owners and admins write policies">
        <p className="text-ink-muted">Ask one of them; every member can read what is in force.</p>
      </EmptyState>
    );
  }
  const failure = formFailure(error, [...SHOWN, ...shown]);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-6">
      {head}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <FailoverFields
          failover={document.failover ?? {}}
          onChange={(change) => setDocument(withFailover(document, change))}
          error={error}
        />
        <DocumentField document={document} onChange={setDocument} onProblem={setHasProblem} />
      </div>
      <Field id="policy-note" label="Note" hint="Why: it stands beside the version.">
        <Input id="policy-note" name="note" maxLength={500} aria-describedby="policy-note-hint" />
      </Field>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" asChild>
          <Link href={back}>Cancel</Link>
        </Button>
        <Button type="submit" value="draft" disabled={pending || hasProblem}>
          Save as a draft
        </Button>
        <Button type="submit" value="publish" variant="primary" disabled={pending || hasProblem}>
          {pending ? 'Saving…' : 'Save and publish'}
        </Button>
      </div>
    </form>
  );
}
