import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '@/lib/api';
import { chooseModels, type ModelFilter } from './model-list';

const model = (id: string, more: Partial<Schemas['CatalogModel']> = {}): Schemas['CatalogModel'] => ({
  id,
  name: id.split('/')[1] ?? id,
  author: id.split('/')[0] ?? id,
  kind: 'chat',
  status: 'current',
  description: null,
  releasedAt: null,
  contextWindow: null,
  maxOutputTokens: null,
  inputModalities: ['text'],
  outputModalities: ['text'],
  capabilities: {},
  callable: true,
  providerIds: [],
  inputNanoUsdPerMillion: null,
  outputNanoUsdPerMillion: null,
  ...more,
});
const filter: ModelFilter = { q: '', provider: '', can: '', kind: 'chat', all: false, sort: 'name' };
const models = [
  model('openai/gpt-4o-mini', { inputNanoUsdPerMillion: '150000000', capabilities: { tools: true } }),
  model('anthropic/claude-haiku', { inputNanoUsdPerMillion: '1000000000', providerIds: ['bedrock'] }),
  model('meta/llama', { callable: false, capabilities: { tools: null } }),
  model('voyageai/embed', { kind: 'embedding' }),
];
const ids = (change: Partial<ModelFilter>) =>
  chooseModels(models, { ...filter, ...change }).map(({ id }) => id);

describe('the list of models', () => {
  it('has what can be called here, or all when asked', () => {
    expect(ids({})).toEqual(['anthropic/claude-haiku', 'openai/gpt-4o-mini']);
    expect(ids({ all: true })).toContain('meta/llama');
    expect(ids({ kind: '' })).toContain('voyageai/embed');
  });

  it('finds every word that was typed, in any order', () => {
    expect(ids({ q: 'mini openai' })).toEqual(['openai/gpt-4o-mini']);
    expect(ids({ q: 'mini claude' })).toEqual([]);
  });

  it('narrows by provider, and by a capability that a source confirms', () => {
    expect(ids({ provider: 'bedrock' })).toEqual(['anthropic/claude-haiku']);
    expect(ids({ can: 'tools', all: true })).toEqual(['openai/gpt-4o-mini']);
  });

  it('puts the cheapest first, and what has no price last', () => {
    expect(ids({ sort: 'input', all: true })).toEqual([
      'openai/gpt-4o-mini',
      'anthropic/claude-haiku',
      'meta/llama',
    ]);
  });
});
