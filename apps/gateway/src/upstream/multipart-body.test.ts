import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { multipartBody } from './multipart-body.js';

const FILE = { part: 0, fileName: 'so "it" is\r\n.mp3', contentType: 'audio/mpeg', bytes: 5 };

async function* read(): AsyncGenerator<Buffer> {
  yield Buffer.from('he');
  yield Buffer.from('llo');
}

describe('multipartBody', () => {
  it('is a form that others read, of the length that it says, as often as it is opened', async () => {
    const body = multipartBody(
      [
        { name: 'model', value: 'whisper-1' },
        { name: 'prompt', value: 'Grüße 👋' },
        { name: 'file', file: FILE },
      ],
      read,
    );
    for (let time = 0; time < 2; time += 1) {
      const bytes = await buffer(body.open());
      expect(bytes.length).toBe(body.bytes);
      const form = await new Response(bytes, { headers: { 'content-type': body.contentType } }).formData();
      expect(form.get('model')).toBe('whisper-1');
      expect(form.get('prompt')).toBe('Grüße 👋');
      const file = form.get('file');
      if (!(file instanceof File)) throw new Error('no file');
      expect([await file.text(), file.type]).toEqual(['hello', 'audio/mpeg']);
    }
  });

  it('lets no name break out of its line', async () => {
    const body = multipartBody(
      [
        { name: 'a"\r\nx-evil: 1', value: 'v' },
        { name: 'file', file: { ...FILE, contentType: 'audio/mpeg\r\nx-evil: 1' } },
      ],
      read,
    );
    const text = (await buffer(body.open())).toString();
    expect(text).not.toMatch(/^x-evil/m);
    expect(text).toContain('content-type: application/octet-stream');
  });
});
