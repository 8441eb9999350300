import { describe, expect, it } from '@jest/globals';
import type { ResponseItem } from '@trunkline/contracts';
import { hostedCall, hostedResult, hostedTool } from './hosted-tools.js';

const item = (value: Record<string, unknown>) => value as ResponseItem;

describe('a tool that OpenAI defines and the client runs', () => {
  it.each<[Parameters<typeof hostedTool>[0], string | undefined]>([
    [{ type: 'local_shell' }, 'local_shell'],
    [{ type: 'apply_patch' }, 'apply_patch'],
    [{ type: 'shell', environment: { type: 'local' } }, 'shell'],
    [{ type: 'shell', environment: { type: 'container_auto' } }, undefined],
    [{ type: 'shell' }, undefined],
    [{ type: 'code_interpreter' }, undefined],
    [{ type: 'constructor' }, undefined],
  ])('is a function elsewhere: %j', (tool, name) => {
    expect(hostedTool(tool)?.definition.name).toBe(name);
  });

  it.each([
    [
      'local_shell',
      { command: ['ls', '-l'], env: { A: 'b', C: 1 }, working_directory: '/tmp', timeout_ms: 5 },
    ],
    ['local_shell', { command: 'ls -l' }],
    ['shell', { commands: ['ls', 'pwd'], timeout_ms: 5 }],
    ['apply_patch', { type: 'update_file', path: 'a.ts', diff: '@@\n-a\n+b' }],
    ['apply_patch', { type: 'delete_file', path: 'a.ts', diff: 'x' }],
  ])('says its call %s %j in items, which come back as the same call', (type, args) => {
    const tool = hostedTool({ type, environment: { type: 'local' } });
    if (!tool) throw new Error('unknown');
    const said = tool.callOf(args);
    const back = hostedCall(item({ type: tool.callType, call_id: 'c', ...said }));
    expect(back).toEqual({ callId: 'c', name: type, args: expect.any(String) });
    expect(tool.callOf(JSON.parse(back?.args ?? '') as Record<string, unknown>)).toEqual(said);
  });

  it('says a command in one text as a shell would take it', () => {
    expect(
      hostedTool({ type: 'local_shell' })?.callOf({ command: 'ls | wc', env: { A: 'b', C: 1 } }),
    ).toEqual({
      action: { type: 'exec', command: ['bash', '-lc', 'ls | wc'], env: { A: 'b' } },
    });
  });

  it.each([{}, { command: [1] }, { commands: 5 }, { path: 5, diff: null }])(
    'is called with nothing that could be run where a model writes %j',
    (args) => {
      expect(hostedTool({ type: 'local_shell' })?.callOf(args)).toMatchObject({ action: { command: [] } });
      expect(hostedTool({ type: 'apply_patch' })?.callOf(args)).toEqual({
        operation: { type: 'update_file', path: '', diff: '' },
      });
    },
  );

  it.each([
    [{ type: 'local_shell_call_output', call_id: 'c', output: 'done' }, 'done'],
    [{ type: 'local_shell_call_output', id: 'c', output: 'done' }, 'done'],
    [
      { type: 'apply_patch_call_output', call_id: 'c', status: 'failed', output: 'No such file' },
      'No such file',
    ],
    [{ type: 'apply_patch_call_output', call_id: 'c', status: 'failed' }, 'It failed.'],
    [{ type: 'apply_patch_call_output', call_id: 'c', status: 'completed' }, 'Done.'],
    [
      { type: 'shell_call_output', call_id: 'c', output: [{ stdout: 'x', outcome: { type: 'timeout' } }] },
      '[{"stdout":"x","outcome":{"type":"timeout"}}]',
    ],
  ])('has a result in words: %j', (output, text) => {
    expect(hostedResult(item(output))).toEqual({ callId: 'c', text });
  });

  it.each([
    { type: 'local_shell_call', call_id: 'c' },
    { type: 'local_shell_call', action: { command: ['ls'] } },
    { type: 'apply_patch_call', call_id: 'c', operation: 'x' },
    { type: 'mcp_call', call_id: 'c' },
  ])('is left to who speaks the dialect where %j says nothing to others', (call) => {
    expect(hostedCall(item(call))).toBeNull();
    expect(hostedResult(item(call))).toBeNull();
  });
});
