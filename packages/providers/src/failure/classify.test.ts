import { describe, expect, it } from '@jest/globals';
import { classifyInBand, classifyResponse } from './classify.js';
import { readError } from './read-error.js';

const at = (statusCode: number, body: unknown, headers: Record<string, string> = {}) =>
  classifyResponse({
    statusCode,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedMs: Date.UTC(2026, 10, 21, 12, 0, 0),
  });

describe('a refused request', () => {
  it.each([
    [401, {}, 'credential_rejected'],
    [402, {}, 'quota_exhausted'],
    [403, { error: { message: 'Country not supported' } }, 'credential_rejected'],
    [403, { error: { message: 'Your project has no access to model x' } }, 'model_unavailable'],
    [403, { error: { message: 'Blocked by our content policy' } }, 'content_policy'],
    [404, 'Not found', 'model_unavailable'],
    [408, '', 'timeout'],
    [409, '', 'server_error'],
    [413, '', 'invalid_request'],
    [413, { error: { message: 'prompt is too long: 9 tokens' } }, 'context_length'],
    [400, '', 'invalid_request'],
    [422, '', 'invalid_request'],
    [405, '', 'server_error'],
    [407, '', 'server_error'],
    [410, '', 'model_unavailable'],
    [421, '', 'server_error'],
    [418, '', 'server_error'],
    [429, '', 'rate_limited'],
    [429, { error: { message: 'You exceeded your current quota' } }, 'quota_exhausted'],
    [500, '', 'server_error'],
    [500, { error: { message: 'Model is at capacity' } }, 'overloaded'],
    [503, '<html>', 'overloaded'],
    [529, '', 'overloaded'],
    [302, '', 'server_error'],
    [400, '<!DOCTYPE html>\n<html><title>400 The plain HTTP request was sent to HTTPS port', 'server_error'],
    [413, '<html><title>413 Request Entity Too Large</title>', 'invalid_request'],
  ])('with %d and %j is %s', (status, body, outcome) => {
    expect(at(status, body).outcome).toBe(outcome);
  });

  it.each([
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': '-3' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '99999999' }, 86_400_000],
    [{}, null],
  ])('with %j names the delay %j', (headers, delay) => {
    expect(at(429, '', headers).retryAfterMs).toBe(delay);
  });

  it('says what the provider said, without keys, tokens and account ids', () => {
    const text =
      'Incorrect API key provided: sk-proj-abcdEFGH1234. Bearer eyJhbGciOi in organization org-AbCdEf123456.';
    const { message } = at(401, { error: { message: text } });
    expect(message).toBe('Incorrect API key provided: [redacted] [redacted] in organization [redacted].');
    expect(at(500, `<html><title>502 Bad Gateway</title>${'x'.repeat(9000)}</html>`).message).toBe(
      '502 Bad Gateway',
    );
    expect(at(400, 'x '.repeat(9000)).message.length).toBeLessThanOrEqual(2000);
  });

  it('is not led astray by codes that objects have', () => {
    expect(at(400, { error: { message: 'no', code: 'constructor', type: '__proto__' } }).outcome).toBe(
      'invalid_request',
    );
  });
});

describe('an error inside a 200', () => {
  it.each([
    [{ error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded'],
    [{ error: { type: 'rate_limit_error', message: 'x' } }, 'rate_limited'],
    [{ error: { type: 'api_error', message: 'x' } }, 'server_error'],
    [{ error: { type: 'invalid_request_error', message: 'x' } }, 'invalid_request'],
    [{ error: { code: 402, message: 'x' } }, 'quota_exhausted'],
    [{ error: { message: 'who knows' } }, 'server_error'],
  ])('%j is %s', (body, outcome) => {
    const error = readError(body);
    expect(error && classifyInBand(error)).toMatchObject({ outcome, statusCode: null });
  });
});
