'use client';

import { policyDocument } from '@trunkline/contracts/policy-document';
import { useState } from 'react';
import { Field, Textarea } from '@/components/ui/field';
import type { Schemas } from '@/lib/api';

type Document = Schemas['PolicyDocument'];

const printed = (document: Document) => JSON.stringify(document, null, 2);

function problemOf(text: string): { document: Document } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'This is not JSON yet.' };
  }
  const reading = policyDocument.safeParse(value);
  // What was parsed came from JSON: no member of it is undefined.
  if (reading.success) return { document: reading.data as Document };
  const [first] = reading.error.issues;
  const place = first?.path.join('.');
  return { problem: `${place ? `${place}: ` : ''}${first?.message ?? 'not a policy'}` };
}

/** The whole document as JSON: it follows the form, and the form follows it. */
export function DocumentField({
  document,
  onChange,
  onProblem,
}: {
  document: Document;
  onChange: (document: Document) => void;
  onProblem: (hasProblem: boolean) => void;
}) {
  /** What is typed while it is no policy, or is written in another way. */
  const [typed, setTyped] = useState<{ text: string; of: Document } | null>(null);
  const text = typed?.of === document ? typed.text : printed(document);
  const reading = problemOf(text);
  const problem = 'problem' in reading ? reading.problem : null;
  const type = (next: string) => {
    const read = problemOf(next);
    if ('document' in read) {
      setTyped({ text: next, of: read.document });
      onChange(read.document);
    } else {
      setTyped({ text: next, of: document });
    }
    onProblem('problem' in read);
  };
  return (
    <Field
      id="policy-document"
      label="Document"
      hint="The form and this text are two views of the same thing."
      error={problem}
    >
      <Textarea
        id="policy-document"
        className="min-h-72 font-mono text-xs"
        spellCheck={false}
        rows={Math.min(30, text.split('\n').length + 1)}
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={problem ? 'policy-document-error' : 'policy-document-hint'}
        onChange={({ target }) => type(target.value)}
      />
    </Field>
  );
}
