'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog, DialogClose, DialogContent } from './dialog';
import { FailureNote } from './failure-note';

/** Asks before something is broken, and names what that is. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  action,
  busy,
  pending,
  error,
  onConfirm,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  action: string;
  busy: string;
  pending: boolean;
  error: Error | null;
  onConfirm: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title}>
        <div className="flex flex-col gap-4 text-sm">
          {children}
          {error ? <FailureNote error={error} /> : null}
          <div className="flex justify-end gap-2">
            <DialogClose asChild>
              <Button>Keep it</Button>
            </DialogClose>
            <Button variant="danger" disabled={pending} onClick={onConfirm}>
              {pending ? busy : action}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
