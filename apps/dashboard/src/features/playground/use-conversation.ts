'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useScope } from '@/lib/use-scope';
import { useWorkspace } from '@/lib/workspace';
import { playgroundTokenQuery } from './api/playground-token';
import { chatBody, type Turn } from './conversation';
import type { Settings } from './params';
import { WAITING, type Answer } from './stream/answer';
import { streamChat } from './stream/stream-chat';

/** The conversation with all chosen models at once. */
export function useConversation(settings: Settings) {
  const { organization } = useWorkspace();
  const { scope } = useScope();
  const client = useQueryClient();
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const stop = useRef<AbortController | null>(null);
  const projectId = scope.projectId ?? organization.defaultProjectId;

  useEffect(() => () => stop.current?.abort(), []);

  const keep = useCallback((turnId: string, model: string, answer: Answer) => {
    setTurns((all) =>
      all.map((turn) =>
        turn.id === turnId ? { ...turn, answers: { ...turn.answers, [model]: answer } } : turn,
      ),
    );
  }, []);

  const send = async (prompt: string) => {
    if (!projectId) return;
    const controller = new AbortController();
    stop.current = controller;
    const id = crypto.randomUUID();
    const before = turns;
    setFailure(null);
    setRunning(true);
    setTurns([
      ...before,
      { id, prompt, answers: Object.fromEntries(settings.model.map((model) => [model, WAITING])) },
    ]);
    try {
      const { token } = await client.fetchQuery(playgroundTokenQuery(organization.id, projectId));
      await Promise.all(
        settings.model.map((model) =>
          streamChat({
            token,
            body: chatBody(settings, model, before, prompt),
            signal: controller.signal,
            onProgress: (answer) => keep(id, model, answer),
          }),
        ),
      );
    } catch (cause) {
      setTurns(before);
      setFailure(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setRunning(false);
      void client.invalidateQueries({ queryKey: ['wallet', organization.id] });
    }
  };

  return {
    turns,
    running,
    failure,
    send,
    stop: () => stop.current?.abort(),
    clear: () => setTurns([]),
  };
}
