'use client';

import { Pause, Radio } from 'lucide-react';
import { useQueryState } from 'nuqs';
import { useCallback, useEffect } from 'react';
import { MoreRows } from '@/components/data/more-rows';
import { TimeRangeControl } from '@/components/frame/time-range-control';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/class-names';
import { countFilters, logParams } from '../filters/filters';
import { useLog } from '../use-log';
import { CallPanel } from './call-panel';
import { ColumnMenu } from './column-menu';
import { EmptyLog } from './empty-log';
import { FilterBar } from './filter-bar';
import { shownColumns } from './log-columns';
import { LogList } from './log-list';
import { LogTable } from './log-table';

function useEscape(active: boolean, onEscape: () => void) {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      // A menu or dialog that is open takes the key first.
      if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [active, onEscape]);
}

/** The request log: filters above, rows, and the chosen call in a panel beside them. */
export function RequestLog() {
  const { query, rows, arrived, filters, setFilters, live, setLive } = useLog();
  const [chosen, setChosen] = useQueryState('call', logParams.call);
  const [cols] = useQueryState('cols', logParams.cols);
  const choose = (callId: string) => void setChosen(callId, { history: chosen ? 'replace' : 'push' });
  const close = useCallback(() => void setChosen(null), [setChosen]);
  useEscape(chosen !== null, close);
  const onEnd = query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null;

  return (
    <div className={cn(chosen && 'lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1.35fr)] lg:gap-6')}>
      <div className="min-w-0">
        <div className="mb-3 flex flex-wrap items-start gap-2">
          <FilterBar filters={filters} onChange={(next) => void setFilters(next)} />
          <div className="flex gap-2">
            <Button
              aria-pressed={live}
              onClick={() => void setLive(live ? null : true)}
              className={cn(live && 'border-signal-green text-signal-green')}
            >
              {live ? <Pause aria-hidden /> : <Radio aria-hidden />}
              {live ? 'Live' : 'Go live'}
            </Button>
            {chosen ? null : (
              <div className="max-sm:hidden">
                <ColumnMenu />
              </div>
            )}
            {chosen ? null : <TimeRangeControl />}
          </div>
        </div>
        <Loaded query={query} skeleton={<RowSkeletons rows={14} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyLog
                filtered={countFilters(filters) > 0}
                live={live}
                onClear={() => void setFilters(null)}
              />
            ) : (
              <>
                <div className="sm:hidden">
                  <LogList rows={rows} onChoose={choose} />
                </div>
                <div className="max-sm:hidden">
                  <LogTable
                    rows={rows}
                    columns={shownColumns(cols, chosen !== null)}
                    chosen={chosen}
                    arrived={arrived}
                    onChoose={choose}
                    onEnd={onEnd}
                    stale={query.isPlaceholderData}
                  />
                </div>
                <div className="py-3 text-xs text-ink-muted">
                  <MoreRows query={query} what="Older requests" />
                  {query.hasNextPage ? null : 'That is all in this time.'}
                </div>
              </>
            )
          }
        </Loaded>
      </div>
      {chosen ? <CallPanel callId={chosen} onClose={close} /> : null}
    </div>
  );
}
