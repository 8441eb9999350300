import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeeperThan, isJsonOver } from './json-depth.js';
import { parseJsonBody } from './parse-json-body.js';

const nested = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);
const codeOf = (bytes: Buffer) => {
  const parsed = parseJsonBody(bytes);
  return parsed.ok ? null : parsed.issue.code;
};

describe('a JSON body', () => {
  it('is read', () => {
    expect(parseJsonBody(Buffer.from('{"a":[1,"ü"]}'))).toEqual({ ok: true, value: { a: [1, 'ü'] } });
  });

  it('is refused when it is no JSON, no UTF-8 or cut, without quoting it', () => {
    expect(codeOf(Buffer.from(''))).toBe('invalid_json');
    expect(codeOf(Buffer.from('{"a":'))).toBe('invalid_json');
    expect(codeOf(Buffer.from([0x22, 0xff, 0x22]))).toBe('invalid_encoding');
    expect(JSON.stringify(parseJsonBody(Buffer.from('{"key": sk-secret}')))).not.toContain('secret');
  });

  it('is refused over 200 levels, be it 201 or fifteen million', () => {
    expect(codeOf(nested(200))).toBeNull();
    expect(codeOf(nested(201))).toBe('json_too_deep');
    expect(codeOf(nested(10_000))).toBe('json_too_deep');
    expect(codeOf(nested(15_000_000))).toBe('json_too_deep');
  });

  it('is refused when it has millions of objects', () => {
    expect(codeOf(Buffer.from(`[${'{},'.repeat(5_000_000)}{}]`))).toBe('json_too_deep');
  });

  it('can be printed again', () => {
    const parsed = parseJsonBody(nested(200));
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(nested(200).toString());
  });

  it('has the same depth before and after parsing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat({ max: 8 }), (value, max) => {
        expect(isJsonOver(Buffer.from(JSON.stringify(value)), { depth: max, containers: 1000 })).toBe(
          isDeeperThan(value, max),
        );
      }),
    );
  });

  it('is not deep for brackets, quotes and backslashes inside strings', () => {
    const text = JSON.stringify({ a: '[[[[{{{{', b: '\\"[[[[', c: '\\', d: ['x'] });
    expect(isJsonOver(Buffer.from(text), { depth: 2, containers: 2 })).toBe(false);
  });
});

describe('the depth of a value', () => {
  it.each([
    [1, 0, false],
    [[], 0, true],
    [[], 1, false],
    [{ a: { b: [] } }, 2, true],
    [{ a: { b: [] } }, 3, false],
  ])('of %j is over %d: %s', (value, max, expected) => {
    expect(isDeeperThan(value, max)).toBe(expected);
  });
});
