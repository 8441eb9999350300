import { describe, expect, it } from '@jest/globals';
import { scrubMessage } from './scrub-message.js';

describe("a provider's message", () => {
  it.each([
    ['Incorrect API key provided: wrong-key-without-form.', 'wrong-key'],
    ['Incorrect API key provided: sk-proj-abc***xyz1.', 'sk-proj'],
    ['The access token: ab12cd34ef56 has expired', 'ab12cd'],
    ['invalid jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJ'],
    ['Request had invalid credentials ya29.a0AfH6SMBx-1', 'ya29'],
    ['The security token of AKIAIOSFODNN7EXAMPLE is invalid', 'AKIA'],
    ['User: arn:aws:iam::123456789012:user/gateway is not authorized', '123456789012'],
    ['Rate limit reached for organization org-AbCdEf123456', 'org-Ab'],
    ['upstream http://10.2.3.4:8000/generate failed', '10.2.3.4'],
    ['connect to 192.168.7.8:443 refused', '192.168.7.8'],
    ['proxy http://inference-7.prod.svc.cluster.local/v1 said no', 'inference-7'],
    ['could not reach http://user:secret@models.example.com/v1', 'secret'],
    ['Authorization was Bearer abc.def-1', 'abc.def'],
  ])('loses what is secret: %s', (message, secret) => {
    const scrubbed = scrubMessage(message);
    expect(scrubbed).not.toContain(secret);
    expect(scrubbed).toContain('[redacted]');
  });

  it.each([
    "Invalid 'max_completion_tokens': expected a value of 1.., but got 0 instead.",
    "Invalid 'max_tokens': integer below minimum value.",
    'This model has a maximum context length: 8192 tokens, your prompt token count: 9000.',
    'See https://platform.openai.com/docs/guides/error-codes for more.',
    "Supported values are: an 'http(s)://' URL, a 'data:image/…;base64,' URL.",
  ])('keeps what a client needs: %s', (message) => {
    expect(scrubMessage(message)).toBe(message);
  });
});
