'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useQueryState, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { browserApi, type Schemas } from '@/lib/api';
import { useScope } from '@/lib/use-scope';
import { callsQuery, callsSince, type LogQuestion } from './api/calls-query';
import { filterParams, logParams } from './filters/filters';

type Call = Schemas['Call'];

const POLL_MS = 1_500;

/** Newest first; ids are UUIDv7, so they break ties in the order of time. */
const newestFirst = (left: Call, right: Call) =>
  right.createdAt.localeCompare(left.createdAt) || right.id.localeCompare(left.id);

/** Rows that ended since the page was read, asked for as long as the tail is live. */
function useTail(question: LogQuestion, tailCursor: string | null, live: boolean): readonly Call[] {
  const [tail, setTail] = useState<ReadonlyMap<string, Call>>(new Map());
  const cursor = useRef(tailCursor);
  const key = JSON.stringify(question);
  const asked = useRef(question);
  useEffect(() => {
    asked.current = question;
  });
  useEffect(() => {
    cursor.current = tailCursor;
    setTail(new Map());
  }, [key, tailCursor]);
  useEffect(() => {
    if (!live || tailCursor === null) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const page = await callsSince(browserApi, asked.current, cursor.current ?? tailCursor, stop.signal);
        cursor.current = page.tailCursor;
        if (page.items.length > 0) {
          setTail((known) => new Map([...known, ...page.items.map((row) => [row.id, row] as const)]));
        }
      } catch {
        // The next round asks again from the same place.
      }
      if (!stop.signal.aborted) timer = setTimeout(ask, POLL_MS);
    };
    timer = setTimeout(ask, POLL_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // `key` stands for the question, which is a new object each time.
  }, [live, key, tailCursor]);
  return useMemo(() => [...tail.values()], [tail]);
}

/** The rows of the log as the URL asks for them. */
export function useLog() {
  const { scope, range } = useScope();
  const [filters, setFilters] = useQueryStates(filterParams);
  const [live, setLive] = useQueryState('live', logParams.live);
  const question: LogQuestion = { scope, range, filters };
  const query = useInfiniteQuery({ ...callsQuery(browserApi, question), placeholderData: keepPreviousData });
  const tailCursor = query.data?.pages[0]?.tailCursor ?? null;
  const tail = useTail(question, query.isPlaceholderData ? null : tailCursor, live);
  const rows = useMemo(() => {
    const byId = new Map<string, Call>();
    for (const row of [...(query.data?.pages.flatMap(({ items }) => items) ?? []), ...tail])
      byId.set(row.id, row);
    return [...byId.values()].sort(newestFirst);
  }, [query.data, tail]);
  const arrived = useMemo(() => new Set(tail.map(({ id }) => id)), [tail]);
  return { query, rows, arrived, filters, setFilters, live, setLive };
}
