'use client';

import { Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { AddProviderForm } from './add-provider-form';

/** `?new=true` opens it, so that other pages can link to it. */
export function AddProviderDialog() {
  const [open, setOpen] = useQueryState('new', parseAsBoolean.withDefault(false));
  const change = (next: boolean) => void setOpen(next || null);
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          Add keys
        </Button>
      </DialogTrigger>
      <DialogContent title="Add your own keys" className="sm:max-w-xl">
        <AddProviderForm onDone={() => change(false)} />
      </DialogContent>
    </Dialog>
  );
}
