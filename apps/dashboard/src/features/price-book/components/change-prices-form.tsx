'use client';

import { useState, type ChangeEvent, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Section } from '@/components/frame/page';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Textarea } from '@/components/ui/field';
import { ApiError } from '@/lib/api-error';
import { plural } from '@/lib/format-number';
import { useApplyPrices, useCheckPrices, type PriceChange } from '../api/price-book';
import { EXAMPLE, readChanges } from '../read-changes';
import { PriceDiff } from './price-diff';

/** Says of which offer a field of the request was refused. */
function refusalOf(error: Error | null, changes: readonly PriceChange[]): string | null {
  if (!(error instanceof ApiError)) return null;
  const [found] = Object.entries(error.fields);
  const place = found && /^changes\.(\d+)\.?(.*)$/.exec(found[0]);
  if (!place) return null;
  const index = Number(place[1]);
  const field = place[2] ? `, ${place[2]}` : '';
  return `Change ${index + 1} (${changes[index]?.offerId ?? 'unknown'}${field}): ${found[1]}`;
}

/** A file or text of changes: checked, shown as a difference, and only then applied. */
export function ChangePricesForm() {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  /** What was checked: the text may have changed since. */
  const [checked, setChecked] = useState<readonly PriceChange[]>([]);
  const check = useCheckPrices();
  const apply = useApplyPrices();
  const change = (next: string) => {
    setText(next);
    setWrong(null);
    check.reset();
    apply.reset();
  };
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.target;
    const [file] = input.files ?? [];
    if (file) change(await file.text());
    input.value = '';
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readChanges(text);
    apply.reset();
    if (read.kind === 'wrong') {
      check.reset();
      setWrong(read.message);
      return;
    }
    setWrong(null);
    setChecked(read.changes);
    check.mutate(read.changes);
  };
  const submitApply = () =>
    apply.mutate(checked, {
      onSuccess: ({ changes }) => {
        toast.success(`${plural(changes.length, 'price')} changed; gateways have them within two seconds`);
        change('');
      },
    });
  const error = check.error ?? apply.error;
  const refusal = wrong ?? refusalOf(error, checked);
  const differences = check.data?.changes;
  return (
    <Section title="Change prices">
      <form method="post" onSubmit={submit} className="flex max-w-3xl flex-col gap-3">
        <Field
          id="price-changes"
          label="Changes, as JSON"
          hint="US dollars as providers say them: per million tokens, per image, per request. Prices that are left out stay the catalog’s; null takes an offer back to it. Without “effectiveFrom” they hold from now on."
          error={refusal}
        >
          <Textarea
            id="price-changes"
            value={text}
            onChange={(event) => change(event.target.value)}
            placeholder={EXAMPLE}
            className="min-h-56 font-mono text-xs"
            spellCheck={false}
            required
            aria-invalid={refusal !== null}
            aria-describedby={refusal === null ? 'price-changes-hint' : 'price-changes-error'}
          />
        </Field>
        {error && refusal === null ? <FailureNote error={error} /> : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant={differences ? 'secondary' : 'primary'} disabled={check.isPending}>
            {check.isPending ? 'Checking…' : 'Show what would change'}
          </Button>
          <label className="cursor-pointer rounded-md px-3 py-2 text-sm text-ink-muted underline-offset-4 focus-within:outline-2 hover:underline">
            Open a file…
            <input
              type="file"
              accept="application/json,.json"
              className="sr-only"
              onChange={(event) => void open(event)}
            />
          </label>
        </div>
      </form>
      {differences ? (
        <div className="mt-5 flex flex-col gap-3" aria-live="polite">
          {differences.length === 0 ? (
            <p className="text-sm text-ink-muted">All of it is so already: nothing would change.</p>
          ) : (
            <>
              <PriceDiff differences={differences} changes={checked} />
              <div>
                <Button variant="primary" disabled={apply.isPending} onClick={submitApply}>
                  {apply.isPending ? 'Applying…' : `Apply ${plural(differences.length, 'change')}`}
                </Button>
              </div>
            </>
          )}
        </div>
      ) : null}
    </Section>
  );
}
