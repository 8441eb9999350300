import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import { respond, respondStreamed, textOf } from './support.js';

const MODELS = ['anthropic/claude-sonnet-4.5', 'google/gemini-2.5-flash', 'deepseek/deepseek-v4.1-flash'];
const OPERATION = { type: 'update_file', path: 'a.ts', diff: '@@\n-a\n+b\n' };
const CALLS = [
  { name: 'local_shell', arguments: { command: ['bash', '-lc', 'ls'], timeout_ms: 1000 } },
  { name: 'apply_patch', arguments: OPERATION },
];
const tools = [{ type: 'local_shell' }, { type: 'apply_patch' }];
const input = [{ role: 'user', content: 'Put it right.' }];

describe('local_shell and apply_patch at models of other makers', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: MODELS, providers: ['anthropic', 'google', 'deepseek'] });
    gateway.simulator.control.setScripts([
      { when: 'Put it right', turns: [{ toolCalls: CALLS }, { text: 'It is right.' }] },
    ]);
  });
  afterAll(() => gateway.stop());

  const SHELL_CALL = {
    ...{ type: 'local_shell_call', status: 'completed', call_id: expect.any(String) },
    action: { type: 'exec', command: ['bash', '-lc', 'ls'], env: {}, timeout_ms: 1000 },
  };
  const PATCH_CALL = {
    ...{ type: 'apply_patch_call', status: 'completed', call_id: expect.any(String) },
    operation: OPERATION,
  };

  it.each(MODELS)('are called by %s in items of their own, and told what came of it', async (model) => {
    const first = await respond(gateway, { model, input, tools });
    const calls = first.output.filter(({ type }) => type.endsWith('_call'));
    expect(calls).toMatchObject([SHELL_CALL, PATCH_CALL]);
    const [shell, patch] = calls as unknown as { call_id: string }[];
    const next = await respond(gateway, {
      model,
      tools,
      input: [
        ...input,
        ...first.output,
        { type: 'local_shell_call_output', call_id: shell?.call_id, output: 'a.ts' },
        { type: 'apply_patch_call_output', call_id: patch?.call_id, status: 'completed' },
      ],
    });
    expect(textOf(next)).toBe('It is right.');
  });

  it.each(MODELS)("are called in a stream of %s in OpenAI's order", async (model) => {
    const { problems, response } = await respondStreamed(gateway, { model, input, tools });
    expect(problems).toEqual([]);
    expect(response.output.filter(({ type }) => type.endsWith('_call'))).toMatchObject([
      SHELL_CALL,
      PATCH_CALL,
    ]);
  });
});
