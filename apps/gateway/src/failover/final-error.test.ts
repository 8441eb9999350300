import { describe, expect, it } from '@jest/globals';
import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import { beginTrace, type AttemptTrace } from './attempt-runner.js';
import { finalError } from './final-error.js';
import { sketchFailure, sketchTarget } from './testing/sketch-target.js';

function trail(...failures: (UpstreamFailure | FailureOutcome)[]): AttemptTrace[] {
  return failures.map((failure, index) => ({
    ...beginTrace(String(index), index + 1, sketchTarget(`provider-${index}`), 0),
    endedMs: 1,
    failure: typeof failure === 'string' ? sketchFailure(failure) : failure,
  }));
}

describe('finalError', () => {
  it.each<[FailureOutcome[], number, string]>([
    [['server_error', 'context_length'], 400, 'context_length_exceeded'],
    [['rate_limited', 'content_policy'], 400, 'content_policy_violation'],
    [['server_error', 'rate_limited', 'overloaded'], 429, 'provider_rate_limited'],
    [['timeout', 'overloaded'], 503, 'provider_overloaded'],
    [['model_unavailable', 'model_unavailable'], 404, 'model_unavailable'],
    [['model_unavailable', 'timeout'], 504, 'timeout'],
    [['model_unavailable', 'transport'], 502, 'provider_transport'],
    [['timeout', 'server_error'], 504, 'timeout'],
    [['server_error', 'malformed'], 502, 'provider_malformed_answer'],
    [['credential_rejected'], 502, 'provider_credential_rejected'],
    [['quota_exhausted'], 502, 'provider_quota_exhausted'],
    [[], 504, 'timeout'],
  ])('%j ends as %i %s', (outcomes, status, code) => {
    expect(finalError(trail(...outcomes))).toMatchObject({ status, code });
  });

  it("gives the shortest of the providers' delays", () => {
    const error = finalError(
      trail(
        sketchFailure('rate_limited', { retryAfterMs: 9_000 }),
        sketchFailure('rate_limited', { retryAfterMs: 4_000 }),
      ),
    );
    expect(error.retryAfterMs).toBe(4_000);
  });

  it("keeps the provider's word and status where the request is at fault, and nowhere else", () => {
    const fault = sketchFailure('invalid_request', {
      statusCode: 422,
      message: 'seed must be an integer',
      param: 'seed',
    });
    expect(finalError(trail(fault))).toMatchObject({
      status: 422,
      publicMessage: 'seed must be an integer',
      param: 'seed',
    });
    expect(
      finalError(trail(sketchFailure('server_error', { message: 'stack trace' }))).publicMessage,
    ).not.toContain('stack');
  });

  it('tells the trail of attempts', () => {
    expect(finalError(trail('transport', 'timeout')).metadata?.attempts).toEqual([
      { provider: 'provider-0', model: 'acme/one', outcome: 'transport', status: null },
      { provider: 'provider-1', model: 'acme/one', outcome: 'timeout', status: null },
    ]);
  });

  it('is 404 when all said that they do not have the model, and 400 when all said so with a 400', () => {
    const unknown = sketchFailure('model_unavailable', { statusCode: 404 });
    const refused = sketchFailure('model_unavailable', { statusCode: 400, message: 'No model m.' });
    expect(finalError(trail(refused, unknown))).toMatchObject({ code: 'model_unavailable', status: 404 });
    expect(finalError(trail(refused, refused))).toMatchObject({
      code: 'provider_invalid_request',
      status: 400,
      publicMessage: 'No model m.',
    });
  });
});
