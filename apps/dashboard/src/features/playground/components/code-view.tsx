'use client';

import { CodeBlock } from '@/components/ui/code-block';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { useWorkspace } from '@/lib/workspace';
import { codeOf } from '../code-of';
import type { ChatBody } from '../stream/stream-chat';

/** Code for what you see. */
export function CodeView({ body }: { body: ChatBody }) {
  const { platform } = useWorkspace();
  return (
    <Tabs defaultValue="curl">
      <TabsList aria-label="Language">
        {codeOf(body, platform.gatewayUrl).map(({ id, label }) => (
          <TabsTrigger key={id} value={id}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {codeOf(body, platform.gatewayUrl).map(({ id, label, code }) => (
        <TabsContent key={id} value={id} className="pt-2">
          <CodeBlock code={code} label={label} className="max-h-80 overflow-y-auto" />
        </TabsContent>
      ))}
    </Tabs>
  );
}
