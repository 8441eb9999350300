import type { AttemptOutcome, ChatRequest } from '@trunkline/contracts';
import { type AddressGuard, BlockedAddressError, guardedRequest } from '@trunkline/outbound';
import {
  type ChatAdapter,
  type ProviderAdapter,
  type RequestToSign,
  type UpstreamRequest,
} from '@trunkline/providers';
import { credentialHeaders, MAX_ANSWER_BYTES, TIMEOUT_MS } from './credential-headers.js';

export interface Trial {
  readonly adapter: ProviderAdapter;
  readonly chat: ChatAdapter;
  readonly model: string;
  readonly baseUrl: string;
  readonly region: string | null;
  /** Where tokens are fetched, when the entry says so. */
  readonly tokenUrl: string | null;
  readonly guard: AddressGuard;
}

export interface TrialResult {
  readonly outcome: AttemptOutcome;
  readonly statusCode: number | null;
  readonly message: string | null;
  readonly durationMs: number;
}

/** Enough for models that think before they speak. */
const OUTPUT_TOKENS = 64;

/** Asks one short question with one key. Whatever goes wrong is a value; no message has a secret in it. */
export async function tryCredential(trial: Trial, secret: string | null): Promise<TrialResult> {
  const started = performance.now();
  const result = (
    outcome: AttemptOutcome,
    statusCode: number | null,
    message: string | null,
  ): TrialResult => ({
    ...{ outcome, statusCode, message: message?.slice(0, 500) ?? null },
    durationMs: Math.round(performance.now() - started),
  });
  const request: ChatRequest = { model: trial.model, messages: [{ role: 'user', content: 'Say OK.' }] };
  const built = trial.chat.buildRequest({
    request,
    model: trial.model,
    stream: false,
    outputTokenLimit: OUTPUT_TOKENS,
    baseUrl: trial.baseUrl,
    maxOutputTokens: null,
  });
  if (built.kind === 'refused') return result(built.failure.outcome, null, built.failure.message);
  try {
    const sent = await send(trial, built.request, secret);
    if (sent.kind === 'failed')
      return result(sent.failure.outcome, sent.failure.statusCode, sent.failure.message);
    const { statusCode, headers, body } = sent.answer;
    if (statusCode >= 200 && statusCode < 300) {
      const parsed = trial.chat.parseAnswer(body);
      // An answer that was all thought is as good as any: the key works.
      if (parsed.kind === 'answer' || parsed.failure.outcome === 'empty')
        return result('success', statusCode, null);
      return result(parsed.failure.outcome, statusCode, parsed.failure.message);
    }
    const failure = trial.chat.classifyFailure({ statusCode, headers, body, receivedMs: Date.now() });
    return result(failure.outcome, statusCode, failure.message);
  } catch (error) {
    return result(...problemOf(error));
  }
}

async function send(trial: Trial, built: UpstreamRequest, secret: string | null) {
  const { baseUrl, region, guard } = trial;
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const besides = built.besides && prefix.endsWith(built.besides) ? built.besides.length : 0;
  const path = prefix.slice(0, prefix.length - besides) + built.path;
  const toSign = (): RequestToSign => ({
    method: 'POST',
    ...{ origin: base.origin, path, headers: built.headers, body: built.body, region },
    atMs: Date.now(),
  });
  const credential = await credentialHeaders(trial, secret, toSign);
  if (credential.kind === 'failed') return credential;
  const answer = await guardedRequest({
    guard,
    url: new URL(path, base.origin),
    method: 'POST',
    headers: { ...built.headers, ...credential.headers },
    body: built.body,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
  });
  return { kind: 'answer' as const, answer };
}

function problemOf(error: unknown): [AttemptOutcome, null, string] {
  if (error instanceof RangeError)
    return ['credential_rejected', null, `The key cannot be sent: ${error.message}.`];
  if (error instanceof BlockedAddressError)
    return ['transport', null, `${error.message}, and others are not reached from here.`];
  if (error instanceof Error && error.name === 'TimeoutError')
    return ['timeout', null, `There was no answer within ${TIMEOUT_MS / 1000} s.`];
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return ['transport', null, `The connection failed: ${code}.`];
}
