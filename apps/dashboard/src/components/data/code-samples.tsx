'use client';

import { useMemo } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { codeSamples, type SampleFacts } from '@/lib/code-samples';

/** The first call in each language and agent, with the reader's own key and address in it. */
export function CodeSamples({ gatewayUrl, apiKey, model }: SampleFacts) {
  const samples = useMemo(() => codeSamples({ gatewayUrl, apiKey, model }), [gatewayUrl, apiKey, model]);
  return (
    <Tabs defaultValue="curl" className="min-w-0">
      <TabsList aria-label="Language or agent">
        {samples.map(({ id, label }) => (
          <TabsTrigger key={id} value={id}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {samples.map(({ id, label, note, code }) => (
        <TabsContent key={id} value={id} className="pt-3">
          {note ? <p className="mb-2 text-xs text-ink-muted">{note}</p> : null}
          <CodeBlock code={code} label={label} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
