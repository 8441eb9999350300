'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { ModelPicker } from '@/components/data/model-picker';
import { Button } from '@/components/ui/button';
import { browserApi } from '@/lib/api';
import { modelsQuery } from '@/lib/queries/models-query';
import { useWorkspace } from '@/lib/workspace';

/** Models that are asked when those of the request have no answer, in order. */
export function FallbackModels({
  chosen,
  onChange,
  error,
}: {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | null;
}) {
  const { organization } = useWorkspace();
  const { data = [] } = useQuery(modelsQuery(browserApi, organization.id));
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">Models to fall back to</p>
      <ol className="flex flex-wrap items-center gap-1.5">
        {chosen.length === 0 ? <li className="text-sm text-ink-muted">None but the request’s own</li> : null}
        {chosen.map((id, place) => (
          <li
            key={id}
            className="inline-flex min-h-7 items-center gap-1 rounded-sm bg-accent-wash pr-0.5 pl-2 text-xs"
          >
            <span className="text-ink-muted tabular-nums">{place + 1}</span> {id}
            <button
              type="button"
              aria-label={`Leave ${id} out`}
              onClick={() => onChange(chosen.filter((one) => one !== id))}
              className="flex size-6 items-center justify-center rounded-sm text-ink-muted hover:bg-paper hover:text-ink"
            >
              <X className="size-3" aria-hidden />
            </button>
          </li>
        ))}
        <li>
          <ModelPicker
            models={data.filter(({ callable, id }) => callable && !chosen.includes(id))}
            onChoose={(id) => onChange([...chosen, id])}
          >
            <Button size="sm" variant="quiet">
              <Plus aria-hidden />
              Add a model
            </Button>
          </ModelPicker>
        </li>
      </ol>
      {error ? (
        <p role="alert" className="text-xs text-signal-red">
          {error}
        </p>
      ) : (
        <p className="text-xs text-ink-muted">
          For chat, Messages, Responses and completions; left out where a key may not call them.
        </p>
      )}
    </div>
  );
}
