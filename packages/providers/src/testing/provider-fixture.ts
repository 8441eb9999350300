import { readFileSync } from 'node:fs';
import type { ChatRequest, FailureOutcome, Usage } from '@trunkline/contracts';

/** What a model answered, whether in one piece or in a stream. */
export interface ExpectedAnswer {
  text: string;
  reasoning: string;
  calls: { name: string; arguments: string }[];
  finishReason: string;
  nativeFinishReason?: string;
  usage: Usage;
}

/** Small examples of one provider's wire, written by hand after its documentation and what it was seen to send. */
export interface ProviderFixture {
  source: string;
  request: {
    /** The provider's name for the model. */
    model: string;
    input: ChatRequest;
    stream: boolean;
    /** Fields that the body has. */
    expect: Record<string, unknown>;
    /** Fields that it has not. */
    absent: string[];
    dropped: string[];
  };
  answer: { body: Record<string, unknown>; expect: ExpectedAnswer };
  stream: { frames: string[]; expect: ExpectedAnswer };
  failures: {
    status: number;
    headers: Record<string, string>;
    body: string;
    expect: { outcome: FailureOutcome; providerCode: string | null; retryAfterMs: number | null };
  }[];
}

/** @throws when the provider has no fixture: every adapter needs one */
export function readFixture(providerId: string): ProviderFixture {
  const file = new URL(`../adapters/__fixtures__/${providerId}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as ProviderFixture;
}
