import { describe, expect, it } from '@jest/globals';
import { apiErrorOf } from './api-error';

describe('an error of the control plane', () => {
  it('keeps code, message, request id and what is wrong with which field', () => {
    const error = apiErrorOf(new Response(null, { status: 400 }), {
      error: {
        code: 'invalid_request',
        message: 'A field is wrong.',
        requestId: 'r-1',
        fields: [{ path: 'budget.limitNanoUsd', message: 'must be more than 0' }],
      },
    });
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid_request',
      message: 'A field is wrong.',
      requestId: 'r-1',
    });
    expect(error.fields).toEqual({ 'budget.limitNanoUsd': 'must be more than 0' });
  });

  it('says the status when the body says nothing', () => {
    const response = new Response(null, { status: 502, headers: { 'x-request-id': 'r-2' } });
    expect(apiErrorOf(response, '<html>')).toMatchObject({
      status: 502,
      code: 'internal_error',
      message: 'The control plane answered with status 502.',
      requestId: 'r-2',
    });
  });
});
