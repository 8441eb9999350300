'use client';

import { Field, Input, NativeSelect } from '@/components/ui/field';
import { fieldError } from '@/components/ui/form-fields';
import { CLOCKS, type Failover } from '../failover-words';
import { typedNumber } from '../typed-number';
import { FallbackModels } from './fallback-models';
import { RescueFields } from './rescue-fields';

type Change = (change: { [Name in keyof Failover]?: Failover[Name] | undefined }) => void;

function MillisecondField({
  id,
  label,
  hint,
  value,
  error,
  max = 3_600_000,
  onChange,
}: {
  id: string;
  label: string;
  hint: string;
  value: number | undefined;
  error: string | null;
  max?: number;
  onChange: (ms: number | undefined) => void;
}) {
  return (
    <Field id={id} label={`${label}, ms`} hint={hint} error={error}>
      <Input
        id={id}
        type="number"
        min={1}
        max={max}
        step={1}
        placeholder="As without a policy"
        value={value ?? ''}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(typedNumber(event.target.value))}
      />
    </Field>
  );
}

/** The failover section of a policy, field by field. What is empty is left to the product’s defaults. */
export function FailoverFields({
  failover,
  onChange,
  error,
}: {
  failover: Failover;
  onChange: Change;
  error: Error | null;
}) {
  const errorOf = (name: string) => fieldError(error, `document.failover.${name}`);
  const { hedge, alsoOn = [], keepAlive } = failover;
  const checksJson = alsoOn.includes('invalid_output');
  const modelError = (failover.fallbackModels ?? []).map((_, place) => errorOf(`fallbackModels.${place}`));
  return (
    <div className="flex flex-col gap-6">
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-3 text-sm font-semibold">How long to wait</legend>
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {CLOCKS.map(({ name, label, hint }) => (
            <MillisecondField
              key={name}
              id={`policy-${name}`}
              label={label}
              hint={hint}
              value={failover[name]}
              error={errorOf(name)}
              onChange={(ms) => onChange({ [name]: ms })}
            />
          ))}
        </div>
      </fieldset>
      <RescueFields rescue={failover.rescue} onChange={(rescue) => onChange({ rescue })} error={error} />
      <fieldset>
        <legend className="mb-3 text-sm font-semibold">Besides</legend>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            id="policy-hedge"
            label="Hedge"
            hint="Ask a second provider while the first is slow. The loser’s prompt is paid."
            error={errorOf('hedge')}
          >
            <NativeSelect
              id="policy-hedge"
              value={hedge === undefined ? '' : hedge === false ? 'off' : 'on'}
              onChange={({ target }) =>
                onChange({ hedge: target.value === '' ? undefined : target.value === 'on' })
              }
            >
              <option value="">As without a policy: off</option>
              <option value="on">On</option>
              <option value="off">Off</option>
            </NativeSelect>
          </Field>
          {hedge === undefined || hedge === false ? null : (
            <MillisecondField
              id="policy-hedge-after"
              label="After"
              hint="Empty: once it is slower than it usually is."
              value={typeof hedge === 'object' ? hedge.afterMs : undefined}
              error={errorOf('hedge.afterMs')}
              max={600_000}
              onChange={(afterMs) => onChange({ hedge: afterMs === undefined ? true : { afterMs } })}
            />
          )}
          <Field
            id="policy-keep-alive"
            label="Keep-alives"
            hint="Early ones tell a waiting client that we are there; a failure is then an error in the stream."
            error={errorOf('keepAlive')}
          >
            <NativeSelect
              id="policy-keep-alive"
              value={keepAlive ?? ''}
              onChange={({ target }) =>
                onChange({
                  keepAlive: target.value === 'early' || target.value === 'commit' ? target.value : undefined,
                })
              }
            >
              <option value="">As without a policy: with the answer</option>
              <option value="early">Early</option>
              <option value="commit">With the answer</option>
            </NativeSelect>
          </Field>
          <Field
            id="policy-invalid-output"
            label="Answers that break their JSON schema"
            hint="Plain answers alone. Empty answers fail over in any case."
          >
            <NativeSelect
              id="policy-invalid-output"
              value={checksJson ? 'fail' : ''}
              onChange={({ target }) => {
                const others = alsoOn.filter((one) => one !== 'invalid_output');
                const next = target.value === 'fail' ? [...others, 'invalid_output' as const] : others;
                onChange({ alsoOn: next.length > 0 ? next : undefined });
              }}
            >
              <option value="">Pass as they are</option>
              <option value="fail">Count as failed: the next provider is asked</option>
            </NativeSelect>
          </Field>
        </div>
      </fieldset>
      <FallbackModels
        chosen={failover.fallbackModels ?? []}
        onChange={(chosen) => onChange({ fallbackModels: chosen.length > 0 ? chosen : undefined })}
        error={errorOf('fallbackModels') ?? modelError.find((one) => one !== null) ?? null}
      />
    </div>
  );
}
