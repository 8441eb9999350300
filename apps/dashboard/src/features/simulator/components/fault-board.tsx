'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { FormEvent } from 'react';
import { Section } from '@/components/frame/page';
import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { FailureNote } from '@/components/ui/failure-note';
import { Field, Input, NativeSelect } from '@/components/ui/field';
import { StatusMark } from '@/components/ui/status-mark';
import { browserApi, type Schemas } from '@/lib/api';
import { countText } from '@/lib/format-number';
import { bareFault, simulatorFaultsQuery, useSetFaults, type Fault } from '@/lib/queries/simulator-faults';

type FaultList = Schemas['SimulatorFaultList'];

function AddFault({
  list,
  providerIds,
  onAdd,
  busy,
}: {
  list: FaultList;
  providerIds: readonly string[];
  onAdd: (fault: Fault) => void;
  busy: boolean;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    onAdd({
      fault: text('fault'),
      ...(text('provider') ? { provider: text('provider') } : {}),
      ...(text('model') ? { model: text('model') } : {}),
      ...(text('times') ? { times: Number(text('times')) } : {}),
    });
  };
  return (
    <form
      method="post"
      onSubmit={submit}
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[10rem_minmax(0,1fr)_12rem_8rem_auto]"
    >
      <Field id="fault-provider" label="Line">
        <NativeSelect id="fault-provider" name="provider">
          <option value="">Every line</option>
          {providerIds.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field id="fault-kind" label="Fault">
        <NativeSelect id="fault-kind" name="fault">
          {list.known.map(({ fault, about }) => (
            <option key={fault} value={fault}>
              {fault}: {about}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field id="fault-model" label="The provider’s model">
        <Input id="fault-model" name="model" placeholder="All" />
      </Field>
      <Field id="fault-times" label="Next calls">
        <Input id="fault-times" name="times" type="number" min={1} placeholder="Until off" />
      </Field>
      <Button type="submit" variant="primary" disabled={busy}>
        Throw the switch
      </Button>
    </form>
  );
}

function useColumns(onRemove: (fault: Fault) => void): readonly Column<FaultList['items'][number]>[] {
  return [
    {
      id: 'provider',
      head: 'Line',
      phone: 'title',
      cell: ({ provider }) => (provider ? <ProviderChip providerId={provider} /> : 'every line'),
    },
    { id: 'fault', head: 'Fault', cell: ({ fault }) => <StatusMark signal="stop">{fault}</StatusMark> },
    { id: 'model', head: 'Model', cell: ({ model }) => model ?? 'all' },
    { id: 'times', head: 'Next calls', numeric: true, cell: ({ times }) => times ?? 'until off' },
    { id: 'happened', head: 'Happened', numeric: true, cell: ({ happened }) => countText(happened) },
    {
      id: 'off',
      head: <span className="sr-only">Switch off</span>,
      className: 'w-8 text-right',
      cell: (fault) => (
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Switch ${fault.fault} off`}
          onClick={() => onRemove(fault)}
        >
          <X aria-hidden />
        </Button>
      ),
    },
  ];
}

function Board({ list, providerIds }: { list: FaultList; providerIds: readonly string[] }) {
  const set = useSetFaults();
  const columns = useColumns((gone) =>
    set.mutate(list.items.filter((fault) => fault !== gone).map(bareFault)),
  );
  return (
    <div className="flex flex-col gap-8">
      <Section title="Throw a switch">
        <AddFault
          list={list}
          providerIds={providerIds}
          busy={set.isPending}
          onAdd={(fault) => set.mutate([...list.items.map(bareFault), fault])}
        />
        {set.error ? <FailureNote error={set.error} className="mt-3" /> : null}
      </Section>
      <Section
        title="Switched on now"
        actions={
          list.items.length > 0 ? (
            <Button size="sm" disabled={set.isPending} onClick={() => set.mutate([])}>
              Switch all off
            </Button>
          ) : null
        }
      >
        {list.items.length === 0 ? (
          <p className="text-sm">
            <StatusMark signal="clear">All lines are open</StatusMark>
          </p>
        ) : (
          <DataTable
            label="Faults"
            columns={columns}
            rows={list.items}
            rowKey={({ provider, model, fault }) => `${provider} ${model} ${fault}`}
          />
        )}
      </Section>
    </div>
  );
}

/** The simulator's switches: what each line does wrong. */
export function FaultBoard({ providerIds }: { providerIds: readonly string[] }) {
  const query = useQuery({ ...simulatorFaultsQuery(browserApi), refetchInterval: 3_000 });
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {(list) => <Board list={list} providerIds={providerIds} />}
    </Loaded>
  );
}
