'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Loaded } from '@/components/states/loaded';
import { CodeBlock } from '@/components/ui/code-block';
import { Skeleton } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { browserApi, type Schemas } from '@/lib/api';
import { countText } from '@/lib/format-number';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { callBodiesQuery } from '../api/call-bodies-query';
import { answerMessages, requestMessages, type ReadMessage } from '../messages/read-messages';

function Message({ message }: { message: ReadMessage }) {
  return (
    <li className="border-l-2 border-rule-strong py-0.5 pl-3">
      <p className="text-2xs font-medium text-ink-muted">{message.role}</p>
      {message.reasoning ? (
        <p className="mb-1 text-sm whitespace-pre-wrap text-ink-muted italic">{message.reasoning}</p>
      ) : null}
      {message.text ? <p className="text-sm break-words whitespace-pre-wrap">{message.text}</p> : null}
      {message.media.map((kind, place) => (
        <p key={place} className="text-xs text-ink-muted">
          [{kind}]
        </p>
      ))}
      {message.toolCalls.map(({ name, input }, place) => (
        <pre key={place} tabIndex={0} className="mt-1 overflow-x-auto bg-paper-sunken p-2 font-mono text-xs">
          {name}({input})
        </pre>
      ))}
    </li>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Raw({ label, body }: { label: string; body: Schemas['CallBody'] | null }) {
  if (!body) return <p className="text-sm text-ink-muted">{label}: nothing was kept.</p>;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-xs text-ink-muted">
        {label}, {countText(body.originalBytes)} bytes{body.truncated ? ', cut at 256 KiB' : ''}
      </p>
      <CodeBlock code={pretty(body.text)} label={label} className="max-h-96 overflow-y-auto" />
    </div>
  );
}

function Bodies({ bodies }: { bodies: Schemas['CallBodies'] }) {
  const messages = [
    ...(bodies.request ? requestMessages(bodies.request.text) : []),
    ...(bodies.answer ? answerMessages(bodies.answer.text) : []),
  ];
  return (
    <Tabs defaultValue={messages.length > 0 ? 'read' : 'raw'}>
      <TabsList aria-label="How the messages are shown">
        <TabsTrigger value="read">Conversation</TabsTrigger>
        <TabsTrigger value="raw">Raw</TabsTrigger>
      </TabsList>
      <TabsContent value="read" className="pt-3">
        {messages.length > 0 ? (
          <ul className="flex flex-col gap-3">
            {messages.map((message, place) => (
              <Message key={place} message={message} />
            ))}
          </ul>
        ) : (
          <p className="text-sm text-ink-muted">No chat messages in what was kept; see it raw.</p>
        )}
      </TabsContent>
      <TabsContent value="raw" className="flex flex-col gap-3 pt-3">
        <Raw label="Request" body={bodies.request} />
        <Raw label="Answer" body={bodies.answer} />
      </TabsContent>
    </Tabs>
  );
}

function Kept({ callId }: { callId: string }) {
  const { organization } = useWorkspace();
  const query = useQuery(callBodiesQuery(browserApi, organization.id, callId));
  return (
    <Loaded query={query} skeleton={<Skeleton className="h-24" />}>
      {(bodies) => <Bodies bodies={bodies} />}
    </Loaded>
  );
}

/** What was asked and answered, where the project keeps it. */
export function CallMessages({ call }: { call: Schemas['CallDetail'] }) {
  const path = useOrganizationPath();
  if (call.bodiesKept) return <Kept callId={call.id} />;
  return (
    <p className="text-sm text-ink-muted">
      Bodies of this call were not kept. A project keeps them, encrypted, once{' '}
      <Link className="text-accent underline underline-offset-2" href={path('settings/projects')}>
        its settings
      </Link>{' '}
      say so.
    </p>
  );
}
