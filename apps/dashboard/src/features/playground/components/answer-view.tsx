'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import { ProviderChip } from '@/components/data/provider-chip';
import { CopyButton } from '@/components/ui/copy-button';
import { Money } from '@/components/ui/money';
import { cn } from '@/lib/class-names';
import { countText, durationText } from '@/lib/format-number';
import { lineColour } from '@/lib/provider-line';
import { useOrganizationPath } from '@/lib/workspace';
import { piecesOf, tokensPerSecond, type Answer } from '../stream/answer';

/** The way that the call took: lines that failed, struck out in red, then the one that answered. */
function Way({ attempts, rescued }: Pick<Answer, 'attempts' | 'rescued'>) {
  if (attempts.length < 2) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-xs" data-testid="way">
      {attempts.map(({ provider, outcome }, place) => (
        <Fragment key={place}>
          {place > 0 ? (
            <span aria-hidden className="text-ink-muted">
              →
            </span>
          ) : null}
          {outcome === 'success' ? (
            <ProviderChip providerId={provider} />
          ) : outcome === 'cancelled' ? (
            <span className="text-ink-muted">{provider} cancelled</span>
          ) : (
            <span className="text-signal-red">
              <span className="line-through">{provider}</span> {outcome.replaceAll('_', ' ')}
            </span>
          )}
        </Fragment>
      ))}
      <span className="text-ink-muted">
        {rescued ? 'rescued in the middle of the answer' : 'saved by failover'}
      </span>
    </p>
  );
}

/** Where the text of one provider follows that of another. */
function SpliceMark({ provider }: { provider: string }) {
  return (
    <span
      data-testid="splice"
      className="mx-0.5 rounded-xs border px-1 align-text-bottom text-2xs leading-4 font-medium whitespace-nowrap select-none"
      style={{ borderColor: lineColour(provider) }}
    >
      {provider} goes on
    </span>
  );
}

function Figures({ answer }: { answer: Answer }) {
  const path = useOrganizationPath();
  const speed = tokensPerSecond(answer);
  return (
    <div className="mt-2 flex flex-col gap-1 border-t border-rule pt-2">
      <Way {...answer} />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-muted tabular-nums">
        {answer.provider && answer.attempts.length < 2 ? (
          <ProviderChip providerId={answer.provider} className="text-ink" />
        ) : null}
        {answer.firstTokenMs === null ? null : <span>first token {durationText(answer.firstTokenMs)}</span>}
        {speed === null ? null : <span>{Math.round(speed)} tok/s</span>}
        {answer.promptTokens === null ? null : (
          <span>
            {countText(answer.promptTokens)} → {countText(answer.completionTokens ?? 0)} tokens
          </span>
        )}
        {answer.costNanoUsd === null ? null : (
          <Money nanoUsd={answer.costNanoUsd} className="font-medium text-ink" />
        )}
        {answer.finishReason && answer.finishReason !== 'stop' ? (
          <span>ended by {answer.finishReason}</span>
        ) : null}
        {answer.requestId ? (
          <Link
            className="text-accent underline underline-offset-2"
            href={`${path('requests')}?call=${answer.requestId}`}
          >
            Log row
          </Link>
        ) : null}
        {answer.text ? <CopyButton text={answer.text} label="Copy the answer" iconOnly /> : null}
      </p>
    </div>
  );
}

/** One answer: its text as it comes, what it cost and how fast it was. */
export function AnswerView({ answer }: { answer: Answer }) {
  const ended = answer.state !== 'waiting' && answer.state !== 'streaming';
  return (
    <div data-testid="answer" data-state={answer.state} aria-busy={!ended}>
      {answer.reasoning ? (
        <details className="mb-2 text-sm text-ink-muted" open={answer.text === ''}>
          <summary>Reasoning</summary>
          <p className="mt-1 border-l-2 border-rule pl-3 whitespace-pre-wrap">{answer.reasoning}</p>
        </details>
      ) : null}
      {answer.state === 'waiting' ? (
        <p className="text-sm text-ink-muted">Waiting for the first token…</p>
      ) : null}
      <p
        className={cn(
          'text-sm leading-6 break-words whitespace-pre-wrap',
          answer.state === 'streaming' &&
            'after:ml-0.5 after:inline-block after:h-3.5 after:w-1.5 after:bg-accent after:align-middle',
        )}
      >
        {piecesOf(answer).map(({ text, provider }, place) => (
          <Fragment key={place}>
            {provider === null ? null : <SpliceMark provider={provider} />}
            {text}
          </Fragment>
        ))}
      </p>
      {answer.failure ? (
        <p
          role="alert"
          className="mt-2 border-l-2 border-signal-red bg-signal-red-wash px-3 py-1.5 text-sm text-signal-red"
        >
          {answer.failure.status >= 400 ? `${answer.failure.status} ` : ''}
          {answer.failure.code ? <span className="font-mono text-xs">{answer.failure.code}</span> : null}{' '}
          {answer.failure.message}
        </p>
      ) : null}
      {answer.state === 'stopped' ? (
        <p className="mt-1 text-xs text-ink-muted">You stopped it; what was delivered is charged.</p>
      ) : null}
      {ended ? <Figures answer={answer} /> : null}
    </div>
  );
}
