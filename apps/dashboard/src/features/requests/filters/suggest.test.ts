import { describe, expect, it } from '@jest/globals';
import { suggest, type SuggestContext } from './suggest';

const context: SuggestContext = {
  models: ['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4.5'],
  providers: ['anthropic', 'openai'],
  keys: [{ id: 'k-1', name: 'production' }],
};
const values = (text: string) =>
  suggest(text, context).map((one) => (one.kind === 'field' ? `${one.typed}:` : `${one.name}=${one.value}`));

describe('suggestions of the filter bar', () => {
  it('begin with the fields', () => {
    expect(values('')).toContain('status:');
    expect(values('')).toContain('cost:');
    expect(values('sta')[0]).toBe('status:');
  });

  it('offer values of a field, a key by its name', () => {
    expect(values('provider:open')[1]).toBe('provider=openai');
    expect(values('key:prod')).toEqual(['key=k-1']);
    expect(values('status:5')).toContain('status=5xx');
  });

  it('put what was typed first when it makes sense', () => {
    expect(values('cost:>0.5')[0]).toBe('cost=0.5..');
    expect(values('attempts:>1')[0]).toBe('attempts=2..');
    expect(values('status:418')[0]).toBe('status=418');
  });

  it('offer nothing for what makes none', () => {
    expect(values('status:teapot')).toEqual([]);
    expect(values('key:nobody')).toEqual([]);
  });

  it('find models, providers and keys by a bare word, and take it as an id last', () => {
    expect(values('claude')).toEqual(['model=anthropic/claude-sonnet-4.5', 'id=claude']);
  });
});
