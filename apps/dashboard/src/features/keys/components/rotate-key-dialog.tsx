'use client';

import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import { FailureNote } from '@/components/ui/failure-note';
import type { Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { useWorkspace } from '@/lib/workspace';
import { useRotateKey } from '../api/rotate-key';
import { CreatedKey } from './create-key-dialog';

export function RotateKeyDialog({
  apiKey,
  open,
  onOpenChange,
}: {
  apiKey: Schemas['ApiKey'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { organization } = useWorkspace();
  const rotate = useRotateKey(organization.id, apiKey.id);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={rotate.data ? `New key “${apiKey.name}”` : `Replace “${apiKey.name}”?`}
        className="sm:max-w-xl"
      >
        {rotate.data ? (
          <CreatedKey created={rotate.data} />
        ) : (
          <div className="flex flex-col gap-4 text-sm">
            <p>
              A new key with the same name and limits is made and shown once. The old one (…{apiKey.lastFour})
              stops working; it made {plural(apiKey.calls30d, 'call')} in the last 30 days.
            </p>
            {rotate.error ? <FailureNote error={rotate.error} /> : null}
            <div className="flex justify-end gap-2">
              <DialogClose asChild>
                <Button>Keep it</Button>
              </DialogClose>
              <Button variant="danger" disabled={rotate.isPending} onClick={() => rotate.mutate()}>
                {rotate.isPending ? 'Replacing…' : 'Replace the key'}
              </Button>
            </div>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
