import { expect, it } from '@jest/globals';
import { traitsOf } from './model-traits.js';

it.each([
  ['claude-3-haiku-20240307', 'none', false],
  ['claude-3-5-haiku-latest', 'none', false],
  ['claude-3-7-sonnet-20250219', 'budget', false],
  ['claude-sonnet-4-20250514', 'budget', false],
  ['claude-opus-4-1', 'budget', false],
  ['claude-haiku-4-5-20251001', 'budget', true],
  ['claude-sonnet-4-6', 'either', true],
  ['claude-opus-4-7', 'adaptive', true],
  ['claude-sonnet-5', 'adaptive', true],
  ['claude-haiku-5-5', 'adaptive', true],
  ['claude-opus-5-5', 'always', true],
  ['claude-fable-5-1', 'always', true],
  ['claude-of-the-future', 'either', true],
])('%s thinks %s; structured outputs: %s', (model, thinking, structuredOutputs) => {
  expect(traitsOf(model)).toMatchObject({ thinking, structuredOutputs });
});

it.each([
  ['claude-3-5-haiku-latest', true],
  ['claude-opus-4-5', true],
  ['claude-opus-4-6', false],
  ['claude-sonnet-5', false],
  ['claude-fable-5-1', false],
  ['something-else', true],
])('%s goes on with an answer that was begun: %s', (model, prefill) => {
  expect(traitsOf(model)).toMatchObject({ prefill });
});
