'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef } from 'react';
import { EmptyState } from '@/components/states/empty-state';
import { FailureNote } from '@/components/ui/failure-note';
import { browserApi } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { modelQuery } from '@/lib/queries/model-query';
import { modelsQuery } from '@/lib/queries/models-query';
import { useWorkspace } from '@/lib/workspace';
import { chatBody, type Turn } from '../conversation';
import { playgroundParams } from '../params';
import { useConversation } from '../use-conversation';
import { AnswerView } from './answer-view';
import { CodeView } from './code-view';
import { Composer } from './composer';
import { FailSwitches } from './fail-switches';
import { SettingsPanel } from './settings-panel';

const COLUMNS = ['', 'md:grid-cols-1', 'md:grid-cols-2', 'md:grid-cols-3'] as const;
const EXAMPLE = 'Explain how a railway switch works to a ten-year-old.';

function TurnView({ turn }: { turn: Turn }) {
  const answers = Object.entries(turn.answers);
  return (
    <li className="flex flex-col gap-3">
      <p className="border-l-2 border-accent pl-3 text-sm leading-6 whitespace-pre-wrap">{turn.prompt}</p>
      <div className={cn('grid gap-x-8 gap-y-5 pl-3.5', COLUMNS[answers.length])}>
        {answers.map(([model, answer]) => (
          <div key={model} className="min-w-0">
            {answers.length > 1 ? (
              <p className="mb-1 truncate text-xs font-medium text-ink-muted">{model}</p>
            ) : null}
            <AnswerView answer={answer} />
          </div>
        ))}
      </div>
    </li>
  );
}

/** Providers whose offers of the chosen models can be called here. */
function useCallableProviders(modelIds: readonly string[]): readonly string[] {
  const { organization } = useWorkspace();
  return useQueries({
    queries: modelIds.map((id) => {
      const [author = '', slug = ''] = id.split('/');
      return modelQuery(browserApi, organization.id, author, slug);
    }),
    combine: (answers) => [
      ...new Set(
        answers.flatMap(({ data }) =>
          (data?.offers ?? []).filter(({ callable }) => callable).map(({ providerId }) => providerId),
        ),
      ),
    ],
  });
}

/** Follows the newest text as long as the reader is at the end. */
function useFollow(turns: readonly Turn[]) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const distance = document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
    if (distance < 240) end.current?.scrollIntoView({ block: 'end' });
  }, [turns]);
  return end;
}

export function Playground() {
  const { organization, platform } = useWorkspace();
  const [settings, setSettings] = useQueryStates(playgroundParams, { throttleMs: 300 });
  const models = useQuery(modelsQuery(browserApi, organization.id));
  const callable = useMemo(
    () => (models.data ?? []).filter((model) => model.callable && model.kind === 'chat'),
    [models.data],
  );
  const { turns, running, failure, send, stop, clear } = useConversation(settings);
  const end = useFollow(turns);
  const providerIds = useCallableProviders(settings.model);
  const prompt = turns.at(-1)?.prompt ?? EXAMPLE;
  const first = settings.model[0] ?? '';

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-8">
      <div className="flex min-h-[calc(100dvh-9rem)] min-w-0 flex-col gap-6">
        <ul className="flex flex-1 flex-col gap-8" aria-live="polite">
          {turns.length === 0 ? (
            <li>
              <EmptyState title="Ask a model something">
                <p className="text-ink-muted">
                  Answers stream in with their speed and exact cost; each stands in the log as a call of
                  yours.
                  {platform.simulator ? ' This installation answers from its provider simulator.' : ''}
                </p>
                <button
                  type="button"
                  className="text-left text-accent underline underline-offset-2"
                  onClick={() => void send(EXAMPLE)}
                >
                  {EXAMPLE}
                </button>
              </EmptyState>
            </li>
          ) : null}
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} />
          ))}
        </ul>
        <div ref={end} className="sticky bottom-0 bg-paper pt-2 pb-4">
          {failure ? <FailureNote error={failure} className="mb-2" /> : null}
          <Composer
            running={running}
            canClear={turns.length > 0}
            onSend={(text) => void send(text)}
            onStop={stop}
            onClear={clear}
          />
        </div>
      </div>
      <div className="flex flex-col gap-6 max-lg:mt-6 max-lg:border-t max-lg:border-rule max-lg:pt-5">
        <SettingsPanel
          settings={settings}
          models={callable}
          onChange={(change) => void setSettings(change)}
        />
        {platform.demo && platform.simulator && providerIds.length > 0 ? (
          <div className="border-t border-rule pt-4">
            <FailSwitches providerIds={providerIds} />
          </div>
        ) : null}
        <div className="border-t border-rule pt-3">
          <h2 className="mb-1 text-sm">Code for this</h2>
          <CodeView body={chatBody(settings, first, turns.slice(0, -1), prompt)} />
        </div>
      </div>
    </div>
  );
}
