import { expect, it } from '@jest/globals';
import { readModelId } from './model-id.js';

it.each([
  ['anthropic.claude-3-haiku-20240307-v1:0', 'anthropic', 'claude-3-haiku-20240307-v1:0'],
  ['us.anthropic.claude-sonnet-5', 'anthropic', 'claude-sonnet-5'],
  ['us-gov.anthropic.claude-sonnet-5', 'anthropic', 'claude-sonnet-5'],
  ['global.amazon.nova-2-lite-v1:0', 'amazon', 'nova-2-lite-v1:0'],
  ['deepseek.v3.2', 'deepseek', 'v3.2'],
  ['minimax.minimax-m2.1', 'minimax', 'minimax-m2.1'],
  ['arn:aws:bedrock:us-east-1:1:inference-profile/eu.meta.llama3-v1:0', 'meta', 'llama3-v1:0'],
  ['arn:aws:bedrock:us-east-1:1:application-inference-profile/ab1c', '', 'ab1c'],
])('the model id %s has the maker %j', (model, maker, name) => {
  expect(readModelId(model)).toEqual({ maker, name });
});
