import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { curlOf } from './curl-of';

const call = { requestedModel: 'openai/gpt-4o-mini', stream: true };

describe('a call as curl', () => {
  it('is one command that a shell reads as it was kept, quotes and all', () => {
    const body = `{"model":"m","messages":[{"role":"user","content":"it's \\"quoted\\" $HOME \`x\`"}]}`;
    const command = curlOf(call, 'http://127.0.0.1:8080', body).replace(/^curl/, `printf '%s\\n'`);
    const words = execFileSync('sh', ['-c', `TRUNKLINE_API_KEY=sk-tl-1\n${command}`])
      .toString()
      .trimEnd()
      .split('\n');
    expect(words).toEqual([
      'http://127.0.0.1:8080/v1/chat/completions',
      '-H',
      'Authorization: Bearer sk-tl-1',
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
    ]);
  });

  it('has a short prompt where the body was not kept', () => {
    expect(curlOf(call, 'http://gateway', null)).toContain('"model":"openai/gpt-4o-mini"');
    expect(curlOf(call, 'http://gateway', null)).toContain('"stream":true');
  });
});
