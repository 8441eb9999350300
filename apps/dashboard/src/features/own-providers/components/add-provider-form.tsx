'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, NativeSelect, Textarea } from '@/components/ui/field';
import { fieldError, formFailure } from '@/components/ui/form-fields';
import { browserApi, type Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { providerChoicesQuery, useCreateOwnProvider, type NewOwnProvider } from '../api/own-providers';
import { readKeys } from '../read-keys';
import { EndpointFields } from './endpoint-fields';

/** Parts of an address that the region fills. */
const REGION_PARTS: ReadonlySet<string> = new Set(['region', 'location']);

/** The choice that stands for no provider of the catalog. */
const ENDPOINT = '';

function readForm(form: FormData, isEndpoint: boolean): NewOwnProvider {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    providerId: text(isEndpoint ? 'name' : 'providerId'),
    ...(isEndpoint ? { protocol: text('protocol') } : {}),
    ...(text('baseUrl') ? { baseUrl: text('baseUrl') } : {}),
    region: text('region') || null,
    projectId: text('projectId') || null,
    mode: text('mode') === 'only' ? 'only' : 'first',
    apiKeys: readKeys(form.get('apiKeys')),
  };
}

const SHOWN = ['providerId', 'protocol', 'baseUrl', 'apiKeys', 'apiKeys.0'];

function ChoicesForm({ choices, onDone }: { choices: Schemas['OwnProviderChoices']; onDone: () => void }) {
  const { organization, projects } = useWorkspace();
  const create = useCreateOwnProvider(organization.id);
  const [providerId, setProviderId] = useState(
    choices.providers.find(({ id }) => id === 'openai')?.id ?? ENDPOINT,
  );
  const isEndpoint = providerId === ENDPOINT;
  const chosen = choices.providers.find(({ id }) => id === providerId);
  const parts = [...(chosen?.baseUrl ?? '').matchAll(/\{(\w+)\}/g)].map(([, part]) => part ?? '');
  const needsRegion = parts.some((part) => REGION_PARTS.has(part));
  const needsUrl = isEndpoint || parts.some((part) => !REGION_PARTS.has(part));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate(readForm(new FormData(event.currentTarget), isEndpoint), {
      onSuccess: ({ providerName }) => {
        toast.success(`${providerName} uses your keys within two seconds`);
        onDone();
      },
    });
  };
  const failure = formFailure(create.error, SHOWN);
  const keyError = fieldError(create.error, 'apiKeys') ?? fieldError(create.error, 'apiKeys.0');
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field id="own-provider" label="Provider">
        <NativeSelect
          id="own-provider"
          name="providerId"
          value={providerId}
          onChange={(event) => setProviderId(event.target.value)}
        >
          <option value={ENDPOINT}>An endpoint of your own…</option>
          {choices.providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {isEndpoint ? <EndpointFields protocols={choices.protocols} error={create.error} /> : null}
      {needsRegion ? (
        <Field id="own-region" label="Region" hint="As the provider calls it, such as us-east-1.">
          <Input
            id="own-region"
            name="region"
            maxLength={80}
            required={!needsUrl}
            aria-describedby="own-region-hint"
          />
        </Field>
      ) : null}
      {needsUrl ? (
        <Field
          id="own-url"
          label="Base URL"
          hint={
            chosen
              ? `Yours in the form ${chosen.baseUrl}`
              : 'A public address, as clients of the endpoint write it.'
          }
          error={fieldError(create.error, 'baseUrl')}
        >
          <Input
            id="own-url"
            name="baseUrl"
            type="url"
            placeholder="https://…/v1"
            required={isEndpoint}
            aria-describedby="own-url-hint"
          />
        </Field>
      ) : null}
      <Field
        id="own-keys"
        label={isEndpoint ? 'API keys, if it takes any' : 'API keys'}
        hint="One a line; several share the load. They are encrypted, and never shown again."
        error={keyError}
      >
        <Textarea
          id="own-keys"
          name="apiKeys"
          className="font-mono text-xs"
          required={!isEndpoint}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="own-keys-hint"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="own-project" label="For">
          <NativeSelect id="own-project" name="projectId" defaultValue="">
            <option value="">All projects</option>
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {isEndpoint ? null : (
          <Field id="own-mode" label="When your keys fail">
            <NativeSelect id="own-mode" name="mode" defaultValue="first">
              <option value="first">Go on with the platform’s</option>
              <option value="only">Tell the caller</option>
            </NativeSelect>
          </Field>
        )}
      </div>
      {failure ? <FailureNote error={failure} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={create.isPending}>
          {create.isPending ? 'Adding…' : 'Add'}
        </Button>
      </div>
    </form>
  );
}

export function AddProviderForm({ onDone }: { onDone: () => void }) {
  const { organization } = useWorkspace();
  const query = useQuery(providerChoicesQuery(browserApi, organization.id));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {(choices) => <ChoicesForm choices={choices} onDone={onDone} />}
    </Loaded>
  );
}
