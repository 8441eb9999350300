'use client';

import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';
import type { Failover } from '../failover-words';
import { typedNumber } from '../typed-number';

type Rescue = Failover['rescue'];
type Details = Exclude<NonNullable<Rescue>, boolean>;
type DetailsChange = { [Name in keyof Details]?: Details[Name] | undefined };

/** Without details it is only switched on. */
function withDetails(rescue: Rescue, change: DetailsChange): Rescue {
  const merged = { ...(typeof rescue === 'object' ? rescue : {}), ...change };
  const said = Object.entries(merged).filter(([, value]) => value !== undefined);
  if (said.length > 0) return Object.fromEntries(said) as Details;
  return rescue === undefined ? undefined : true;
}

/** What becomes of a stream that breaks off. */
export function RescueFields({
  rescue,
  onChange,
  error,
}: {
  rescue: Rescue;
  onChange: (rescue: Rescue) => void;
  error: Error | null;
}) {
  const details = typeof rescue === 'object' ? rescue : {};
  const change = (one: DetailsChange) => onChange(withDetails(rescue, one));
  const errorOf = (name: string) => fieldError(error, `document.failover.rescue${name}`);
  return (
    <fieldset>
      <legend className="mb-3 text-sm font-semibold">Streams that break off</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          id="policy-rescue"
          label="Rescue"
          hint="Another provider goes on where the stream broke off."
          error={errorOf('')}
        >
          <NativeSelect
            id="policy-rescue"
            value={rescue === undefined ? '' : rescue === false ? 'off' : 'on'}
            onChange={({ target }) => onChange(target.value === '' ? undefined : target.value === 'on')}
          >
            <option value="">As without a policy: on</option>
            <option value="on">On</option>
            <option value="off">Off: an error ends the stream</option>
          </NativeSelect>
        </Field>
        {rescue === false ? null : (
          <>
            <Field id="policy-other-models" label="By" error={errorOf('.otherModels')}>
              <NativeSelect
                id="policy-other-models"
                value={details.otherModels === undefined ? '' : details.otherModels ? 'any' : 'same'}
                onChange={({ target }) =>
                  change({ otherModels: target.value === '' ? undefined : target.value === 'any' })
                }
              >
                <option value="">As without a policy: any model of the plan</option>
                <option value="any">Any model of the plan</option>
                <option value="same">The same model alone</option>
              </NativeSelect>
            </Field>
            <Field
              id="policy-hold-back-tokens"
              label="Hold back, tokens"
              hint="A provider that breaks off within them is replaced unseen."
              error={errorOf('.holdBackTokens')}
            >
              <Input
                id="policy-hold-back-tokens"
                type="number"
                min={0}
                max={10_000}
                placeholder="None"
                value={details.holdBackTokens ?? ''}
                aria-describedby="policy-hold-back-tokens-hint"
                onChange={({ target }) => change({ holdBackTokens: typedNumber(target.value) })}
              />
            </Field>
            <Field
              id="policy-hold-back-ms"
              label="Hold back, ms"
              hint="Whichever of the two comes first."
              error={errorOf('.holdBackMs')}
            >
              <Input
                id="policy-hold-back-ms"
                type="number"
                min={0}
                max={60_000}
                placeholder="None"
                value={details.holdBackMs ?? ''}
                aria-describedby="policy-hold-back-ms-hint"
                onChange={({ target }) => change({ holdBackMs: typedNumber(target.value) })}
              />
            </Field>
          </>
        )}
      </div>
    </fieldset>
  );
}
