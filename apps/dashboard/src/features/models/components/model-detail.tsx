'use client';

import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CodeSamples } from '@/components/data/code-samples';
import { Page, Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { windowText } from '@/lib/format-number';
import { modelQuery } from '@/lib/queries/model-query';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { CapabilityList } from './capability-list';
import { OfferTable } from './offer-table';

type Model = Schemas['CatalogModelDetail'];

const price = (nanoUsd: string | null) => (nanoUsd === null ? '–' : <Money nanoUsd={nanoUsd} />);

function Facts({ model }: { model: Model }) {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['$ in per million', price(model.inputNanoUsdPerMillion)],
    ['$ out per million', price(model.outputNanoUsdPerMillion)],
    ['Context', windowText(model.contextWindow)],
    ['Longest answer', windowText(model.maxOutputTokens)],
    ['Takes', model.inputModalities.join(', ')],
    ['Released', model.releasedAt ? <Time key="released" value={model.releasedAt} as="date" /> : '–'],
  ];
  return (
    <dl className="grid grid-cols-2 border-y border-rule sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(([name, value]) => (
        <div key={name} className="py-3 pr-4">
          <dt className="text-xs text-ink-muted">{name}</dt>
          <dd className="text-base font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One model: what it costs, who offers it, and the code that calls it. */
export function ModelDetail({ author, slug }: { author: string; slug: string }) {
  const { organization, platform } = useWorkspace();
  const path = useOrganizationPath();
  const query = useQuery(modelQuery(browserApi, organization.id, author, slug));
  const id = `${author}/${slug}`;
  return (
    <Page
      title={query.data?.name ?? id}
      lead={
        <span className="flex items-center gap-1">
          <code className="font-mono text-xs">{id}</code>
          <CopyButton text={id} label="Copy the model’s id" iconOnly />
        </span>
      }
      actions={
        query.data?.callable ? (
          <Button asChild variant="primary">
            <Link href={`${path('playground')}?model=${encodeURIComponent(id)}`}>
              <Play aria-hidden />
              Open in the playground
            </Link>
          </Button>
        ) : null
      }
      wide
    >
      <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
        {(model) => (
          <div className="flex flex-col gap-8">
            {model.description ? (
              <p className="max-w-3xl text-sm text-ink-muted">{model.description}</p>
            ) : null}
            <Facts model={model} />
            <div className="text-sm">
              <CapabilityList capabilities={model.capabilities} />
            </div>
            <Section title="Offers">
              <OfferTable offers={model.offers} />
            </Section>
            <div className="grid gap-8 lg:grid-cols-2">
              <Section title="Call it">
                <CodeSamples gatewayUrl={platform.gatewayUrl} apiKey="$TRUNKLINE_API_KEY" model={id} />
              </Section>
              <Section title="Names that reach it">
                <ul className="flex flex-wrap gap-x-4 gap-y-1">
                  {model.names.map((name) => (
                    <li key={name}>
                      <code className="font-mono text-xs">{name}</code>
                    </li>
                  ))}
                </ul>
              </Section>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
