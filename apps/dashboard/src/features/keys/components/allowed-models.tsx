'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { ModelPicker } from '@/components/data/model-picker';
import { Button } from '@/components/ui/button';
import { browserApi } from '@/lib/api';
import { modelsQuery } from '@/lib/queries/models-query';
import { useWorkspace } from '@/lib/workspace';

/** Which models a key may call; none chosen means all. */
export function AllowedModels({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { organization } = useWorkspace();
  const { data = [] } = useQuery(modelsQuery(browserApi, organization.id));
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">Models</p>
      <div className="flex flex-wrap items-center gap-1.5">
        {chosen.length === 0 ? <span className="text-sm text-ink-muted">Every model</span> : null}
        {chosen.map((id) => (
          <span
            key={id}
            className="inline-flex h-7 items-center gap-1 rounded-sm bg-accent-wash pr-0.5 pl-2 text-xs"
          >
            {id}
            <button
              type="button"
              aria-label={`Leave ${id} out`}
              onClick={() => onChange(chosen.filter((one) => one !== id))}
              className="flex size-6 items-center justify-center rounded-sm text-ink-muted hover:bg-paper hover:text-ink"
            >
              <X className="size-3" aria-hidden />
            </button>
          </span>
        ))}
        <ModelPicker
          models={data.filter(({ callable }) => callable)}
          onChoose={(id) => onChange([...new Set([...chosen, id])])}
        >
          <Button size="sm" variant="quiet">
            <Plus aria-hidden />
            {chosen.length === 0 ? 'Only some' : 'Add'}
          </Button>
        </ModelPicker>
      </div>
    </div>
  );
}
