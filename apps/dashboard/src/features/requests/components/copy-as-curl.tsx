'use client';

import { Terminal } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { answerOf, browserApi, type Schemas } from '@/lib/api';
import { useWorkspace } from '@/lib/workspace';
import { curlOf } from '../messages/curl-of';

/** The call again, from a terminal: with its own body where that was kept, else with a short prompt. */
export function CopyAsCurl({ call }: { call: Schemas['CallDetail'] }) {
  const { organization, platform } = useWorkspace();
  const copy = async () => {
    try {
      const bodies = call.bodiesKept
        ? await answerOf(
            browserApi.GET('/api/organizations/{organizationId}/calls/{callId}/bodies', {
              params: { path: { organizationId: organization.id, callId: call.id } },
            }),
          )
        : null;
      const kept = bodies?.request && !bodies.request.truncated ? bodies.request.text : null;
      await navigator.clipboard.writeText(curlOf(call, platform.gatewayUrl, kept));
      toast.success(
        'Copied as curl',
        kept ? {} : { description: 'With a short prompt: the body was not kept.' },
      );
    } catch (error) {
      toast.error('Could not copy', { description: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Button size="sm" onClick={() => void copy()}>
      <Terminal aria-hidden />
      curl
    </Button>
  );
}
