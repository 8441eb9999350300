import { describe, expect, it } from '@jest/globals';
import { AppError, toAppError } from './app-error.js';
import { errorFrame, errorResponse } from './envelopes.js';

const wrongRole = new AppError('invalid_value', { publicMessage: 'not a role', param: 'messages[0].role' });
const limited = new AppError('provider_rate_limited', {
  retryAfterMs: 1200,
  metadata: { provider: 'groq', provider_code: 'rate_limit_exceeded' },
});
const stream = { id: 'chatcmpl-1', createdSeconds: 1, model: 'm', requestId: 'req-1' };

describe('an error', () => {
  it('is told in the shape of OpenAI under /v1', () => {
    expect(errorResponse(wrongRole, 'openai', 'req-1')).toEqual({
      status: 400,
      headers: { 'x-should-retry': 'false' },
      body: {
        error: {
          message: 'not a role',
          type: 'invalid_request_error',
          param: 'messages[0].role',
          code: 'invalid_value',
        },
      },
    });
  });

  it('is told in the shape of OpenRouter under /api/v1, with the status as a number', () => {
    const { body, headers } = errorResponse(limited, 'openrouter', 'req-1');
    expect(body).toEqual({
      error: {
        code: 429,
        message: 'Every provider that was tried is rate-limiting.',
        metadata: {
          provider: 'groq',
          provider_code: 'rate_limit_exceeded',
          provider_name: 'groq',
          error_type: 'rate_limit_exceeded',
          code: 'provider_rate_limited',
          retryable: true,
        },
      },
    });
    expect(headers).toEqual({ 'retry-after': '2', 'x-should-retry': 'true' });
  });

  it('is told in the shape of Anthropic under messages, overload as 529, the field in the message', () => {
    expect(errorResponse(wrongRole, 'anthropic', 'req-1').body).toEqual({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'messages[0].role: not a role',
        error_type: 'invalid_request',
      },
      request_id: 'req-1',
    });
    const overloaded = errorResponse(new AppError('overloaded'), 'anthropic', null);
    expect(overloaded.status).toBe(529);
    expect(overloaded.headers['retry-after']).toBe('1');
  });

  it('always names a delay with 503', () => {
    expect(errorResponse(new AppError('service_unavailable'), 'openai', null).headers['retry-after']).toBe(
      '1',
    );
  });

  it('keeps what was thrown for the log and shows the client nothing of it', () => {
    const error = toAppError(new Error('password=hunter2'));
    expect(error.code).toBe('internal_error');
    expect(error.cause).toBeInstanceOf(Error);
    expect(JSON.stringify(errorResponse(error, 'openai', null))).not.toContain('hunter2');
  });
});

describe('an error in the middle of a stream', () => {
  it('has no choices under /v1, so that no client takes it for a clean end', () => {
    const frame = errorFrame(limited, 'openai', stream);
    expect(JSON.parse(frame.slice('data: '.length))).not.toHaveProperty('choices');
    expect(frame.endsWith('\n\n')).toBe(true);
  });

  it('ends the choice with "error" under /api/v1', () => {
    const chunk = JSON.parse(errorFrame(limited, 'openrouter', stream).slice('data: '.length));
    expect(chunk).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      error: { code: 429 },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    });
  });

  it('is a named event in Messages', () => {
    expect(errorFrame(limited, 'anthropic', stream)).toMatch(/^event: error\ndata: \{"type":"error"/);
  });
});
