'use client';

import { CornerDownLeft, Eraser, Square } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';

/** The prompt: Enter sends, Shift+Enter makes a new line. */
export function Composer({
  running,
  canClear,
  onSend,
  onStop,
  onClear,
}: {
  running: boolean;
  canClear: boolean;
  onSend: (prompt: string) => void;
  onStop: () => void;
  onClear: () => void;
}) {
  const [prompt, setPrompt] = useState('');
  const send = () => {
    if (running || prompt.trim() === '') return;
    onSend(prompt);
    setPrompt('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="rounded-md border border-rule-strong bg-paper-raised focus-within:border-accent">
      <textarea
        aria-label="Prompt"
        value={prompt}
        onChange={(event) => setPrompt(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Ask something"
        rows={3}
        className="block max-h-64 min-h-16 w-full resize-none bg-transparent px-3 pt-2.5 text-sm leading-5 [field-sizing:content] outline-none placeholder:text-ink-muted"
      />
      <div className="flex items-center justify-between gap-2 p-2">
        <Button size="sm" variant="quiet" disabled={!canClear || running} onClick={onClear}>
          <Eraser aria-hidden />
          Start over
        </Button>
        {running ? (
          <Button size="sm" onClick={onStop}>
            <Square aria-hidden />
            Stop
          </Button>
        ) : (
          <Button size="sm" variant="primary" disabled={prompt.trim() === ''} onClick={send}>
            Send
            <CornerDownLeft aria-hidden />
          </Button>
        )}
      </div>
    </div>
  );
}
