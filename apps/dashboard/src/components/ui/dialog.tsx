'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/class-names';
import { Button } from './button';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

const overlay = 'fixed inset-0 z-40 bg-black/40';

function CloseButton() {
  return (
    <Primitive.Close asChild>
      <Button variant="quiet" size="icon" className="absolute top-3 right-3" aria-label="Close">
        <X aria-hidden />
      </Button>
    </Primitive.Close>
  );
}

type ContentProps = Omit<ComponentProps<typeof Primitive.Content>, 'title'> & {
  title: ReactNode;
  description?: ReactNode;
};

/** A dialog in the middle of the page; on a phone it stands at the bottom. */
export function DialogContent({ title, description, className, children, ...props }: ContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlay} />
      <Primitive.Content
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 max-h-[90dvh] overflow-y-auto border border-rule bg-paper-raised p-5 shadow-(--shadow) sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-full sm:max-w-lg sm:-translate-1/2 sm:rounded-lg',
          className,
        )}
        {...(description ? {} : { 'aria-describedby': undefined })}
        {...props}
      >
        <Primitive.Title className="pr-8 text-base font-semibold">{title}</Primitive.Title>
        {description ? (
          <Primitive.Description className="mt-1 text-sm text-ink-muted">{description}</Primitive.Description>
        ) : null}
        <div className="mt-4">{children}</div>
        <CloseButton />
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** A panel at the side of the page: detail views, and the rail on a phone. */
export function SheetContent({
  title,
  description,
  side = 'right',
  className,
  children,
  ...props
}: ContentProps & { side?: 'left' | 'right' }) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlay} />
      <Primitive.Content
        className={cn(
          'fixed inset-y-0 z-50 flex w-full flex-col bg-paper-raised shadow-(--shadow)',
          side === 'right'
            ? 'right-0 border-l border-rule sm:max-w-3xl'
            : 'left-0 max-w-72 border-r border-rule',
          className,
        )}
        {...(description ? {} : { 'aria-describedby': undefined })}
        {...props}
      >
        <Primitive.Title className="border-b border-rule px-5 py-3.5 pr-14 text-base font-semibold">
          {title}
        </Primitive.Title>
        {description ? (
          <Primitive.Description className="sr-only">{description}</Primitive.Description>
        ) : null}
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        <CloseButton />
      </Primitive.Content>
    </Primitive.Portal>
  );
}
