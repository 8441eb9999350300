'use client';

import { ListFilter } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { countText } from '@/lib/format-number';
import { filterParams, withFilter, type FilterName } from '../filters/filters';

interface Fact {
  name: string;
  value: ReactNode;
  copy?: string | null;
  /** Narrows the log to calls like this one. */
  filter?: { name: FilterName; value: string } | null;
  /** Needs the whole width. */
  wide?: boolean;
}

function factsOf(call: Schemas['CallDetail']): Fact[] {
  const id = (name: string, value: string | null): Fact => ({
    name,
    value: value ? <code className="font-mono text-xs break-all">{value}</code> : '–',
    copy: value,
    wide: true,
  });
  return [
    id('Request id', call.id),
    id('Your id', call.clientRequestId),
    id('Provider’s id', call.providerResponseId),
    {
      name: 'Asked for',
      value: call.requestedModel,
      filter: { name: 'model', value: call.requestedModel },
    },
    {
      name: 'Provider',
      value: call.providerId ?? '–',
      filter: call.providerId ? { name: 'provider', value: call.providerId } : null,
    },
    {
      name: 'Key',
      value: call.keyName ?? (call.keyId ? 'deleted' : 'playground'),
      filter: call.keyId ? { name: 'key', value: call.keyId } : null,
    },
    { name: 'Member', value: call.memberName ?? '–' },
    {
      name: 'End user',
      value: call.endUser ?? '–',
      filter: call.endUser ? { name: 'user', value: call.endUser } : null,
    },
    { name: 'Project', value: call.projectName ?? '–' },
    {
      name: 'Policy',
      value: call.policy ? `${call.policy.name}, version ${call.policy.version}` : 'none',
    },
    {
      name: 'Status',
      value: `${call.status} ${call.errorCode ?? ''}`,
      filter: { name: 'status', value: String(call.status) },
    },
    {
      name: 'Finish',
      value:
        [
          call.finishReason,
          call.nativeFinishReason && call.nativeFinishReason !== call.finishReason
            ? `(${call.nativeFinishReason})`
            : null,
        ]
          .filter(Boolean)
          .join(' ') || '–',
    },
    { name: 'Door', value: `${call.endpoint}, ${call.stream ? 'streamed' : 'in one piece'}` },
    { name: 'Cached tokens', value: countText(call.cachedTokens) },
    { name: 'Reasoning tokens', value: countText(call.reasoningTokens) },
    { name: 'Our part', value: `${(call.overheadUs / 1_000).toFixed(2)} ms` },
    { name: 'Client', value: call.userAgent ?? '–' },
    ...(call.dropped.length > 0 ? [{ name: 'Dropped', value: call.dropped.join(', ') }] : []),
    ...Object.entries(call.tags).map(([name, value]): Fact => ({ name: `Tag ${name}`, value })),
  ];
}

/** Everything else that the log knows, with a way to its like. */
export function CallFacts({ call }: { call: Schemas['CallDetail'] }) {
  const [filters, setFilters] = useQueryStates(filterParams);
  return (
    <dl className="grid gap-x-8 text-sm xl:grid-cols-2">
      {factsOf(call).map(({ name, value, copy, filter, wide }) => (
        <div
          key={name}
          className={cn('flex min-h-8 items-center gap-3 border-b border-rule', wide && 'xl:col-span-2')}
        >
          <dt className="w-28 shrink-0 text-xs text-ink-muted">{name}</dt>
          <dd className="flex min-w-0 flex-1 items-center justify-between gap-1">
            <span className="min-w-0 break-words">{value}</span>
            {copy ? <CopyButton text={copy} label={`Copy: ${name}`} iconOnly /> : null}
            {filter ? (
              <Button
                variant="quiet"
                size="icon"
                className="size-7 [&_svg]:size-3.5"
                aria-label={`Only requests with this: ${name}`}
                title="Only requests with this"
                onClick={() => void setFilters(withFilter(filters, filter.name, filter.value))}
              >
                <ListFilter aria-hidden />
              </Button>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
