'use client';

import { Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useState } from 'react';
import { CodeSamples } from '@/components/data/code-samples';
import { SecretLine } from '@/components/data/secret-line';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { CreateKeyForm } from './create-key-form';

/** A key that was just made, beside the code that uses it. */
export function CreatedKey({ created }: { created: Schemas['CreatedApiKey'] }) {
  const { platform } = useWorkspace();
  return (
    <div className="flex flex-col gap-5">
      <SecretLine secret={created.secret} />
      <CodeSamples gatewayUrl={platform.gatewayUrl} apiKey={created.secret} model="openai/gpt-4o-mini" />
      <div className="flex justify-end">
        <DialogClose asChild>
          <Button variant="primary">I have it</Button>
        </DialogClose>
      </div>
    </div>
  );
}

/** `?new=true` opens it, so that the palette and other pages can link to it. */
export function CreateKeyDialog() {
  const [open, setOpen] = useQueryState('new', parseAsBoolean.withDefault(false));
  const [created, setCreated] = useState<Schemas['CreatedApiKey'] | null>(null);
  const change = (next: boolean) => {
    void setOpen(next || null);
    if (!next) setCreated(null);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          New key
        </Button>
      </DialogTrigger>
      <DialogContent
        title={created ? `Key “${created.apiKey.name}”` : 'New key'}
        className="sm:max-w-xl"
        // A click beside it must not lose a key that is shown once.
        onInteractOutside={(event) => {
          if (created) event.preventDefault();
        }}
      >
        {created ? <CreatedKey created={created} /> : <CreateKeyForm onCreated={setCreated} />}
      </DialogContent>
    </Dialog>
  );
}
