import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64Problem, fileUrlProblem, imageTypeOf, imageUrlProblem, schemaLoop } from './index.js';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('base64', () => {
  it('of any bytes is right, padded or not, in lines or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(base64Problem(text)).toBeNull();
        expect(base64Problem(text.replaceAll('=', ''))).toBeNull();
        expect(base64Problem(Buffer.from(bytes).toString('base64url'))).toBeNull();
        expect(base64Problem(text.replaceAll(/(.{4})/g, '$1\r\n'))).toBeNull();
      }),
    );
  });

  it.each(['', 'a', '!!!!', 'not base64!', 'AAAA=AAAA', 'AAAAA'])('is not %j', (text) => {
    expect(base64Problem(text)).not.toBeNull();
  });
});

describe('an image', () => {
  it('is known by its first bytes', () => {
    expect(imageTypeOf(PNG)).toBe('image/png');
    expect(imageUrlProblem(`data:image/png;base64,${PNG}`)).toBeNull();
    expect(imageUrlProblem('https://example.com/cat.png')).toBeNull();
    expect(imageUrlProblem('ms://file-1')).toBeNull();
  });

  it.each([
    [`data:image/png;base64,${Buffer.from('hello there').toString('base64')}`, /bytes are of no image/],
    ['data:image/png;base64,%%%', /not valid base64/],
    ['data:image/png,abc', /not a base64 data URL/],
    [`data:application/pdf;base64,${PNG}`, /no image/],
    ['cat.png', /not a URL/],
  ])('that is none, %s, is told so', (url, problem) => {
    expect(imageUrlProblem(url)).toMatch(problem);
  });
});

describe('an address to fetch from', () => {
  it.each([
    'http://127.0.0.1/a.pdf',
    'http://2130706433/',
    'http://kubernetes.default.svc/',
    'file:///etc/passwd',
    'gopher://10.0.0.1/x',
    'jar:http://127.0.0.1!/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'https://localhost:8080/',
    'https://db.internal/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://redis/',
    'http://localhost./',
  ])('that is not public is refused: %s', (url) => {
    expect(fileUrlProblem(url)).toMatch(/not public/);
  });

  it.each([
    'https://example.com/a.pdf',
    'http://8.8.8.8/',
    'http://[2606:4700::1111]/',
    'https://xn--bcher-kva.example/',
  ])('that is public passes: %s', (url) => {
    expect(fileUrlProblem(url)).toBeNull();
  });
});

describe('a schema', () => {
  it.each([
    [{ $ref: '#' }, '#'],
    [{ properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/a' } } }, '#/$defs/a'],
    [
      { $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { allOf: [{ $ref: '#/$defs/a' }] } } },
      '#/$defs/b',
    ],
  ])('that refers to itself in place is found: %j', (schema, path) => {
    expect(schemaLoop(schema)).toBe(path);
  });

  it.each([
    [{ properties: { child: { anyOf: [{ $ref: '#' }, { type: 'null' }] } } }],
    [
      {
        $defs: { a: { type: 'string' } },
        properties: { x: { $ref: '#/$defs/a' }, y: { $ref: '#/$defs/a' } },
      },
    ],
    [{ $ref: 'https://example.com/schema.json' }],
    [{ $ref: '#/nowhere' }],
    [null],
  ])('that is a tree passes: %j', (schema) => {
    expect(schemaLoop(schema)).toBeNull();
  });

  it('is walked without running out of stack or time', () => {
    const $defs: Record<string, unknown> = {};
    for (let i = 0; i < 3_000; i += 1)
      $defs[`d${i}`] = { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] };
    expect(schemaLoop({ $defs })).toBeNull();
  });
});
