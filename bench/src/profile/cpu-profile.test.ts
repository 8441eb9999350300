import { describe, expect, it } from '@jest/globals';
import { sumProfile } from './cpu-profile.js';

const frame = (functionName: string, url = '', lineNumber = 9) => ({ functionName, url, lineNumber });
const pnpm = 'file:///home/x/node_modules/.pnpm/undici@7.0.0/node_modules/undici/lib/pool.js';

describe('sumProfile', () => {
  it('leaves out what was before and after the window', () => {
    const nodes = [{ id: 1, callFrame: frame('work') }];
    const profile = { nodes, startTime: 1_000, samples: [1, 1, 1], timeDeltas: [10, 20, 40] };
    expect(sumProfile(profile, { fromUs: 1_011, toUs: 1_069 }).busyUs).toBe(20);
  });

  it('gives what libraries took to the nearest function of ours that called them', () => {
    const nodes = [
      { id: 1, callFrame: frame('(root)'), children: [2, 5] },
      {
        id: 2,
        callFrame: frame('settle', 'file:///x/apps/gateway/dist/pipeline/settle.js', 3),
        children: [3],
      },
      { id: 3, callFrame: frame('write', pnpm), children: [4] },
      { id: 4, callFrame: frame('writev') },
      { id: 5, callFrame: frame('onread', 'node:net') },
    ];
    const sums = sumProfile({ nodes, startTime: 0, samples: [2, 3, 4, 5], timeDeltas: [1, 2, 4, 5] });
    expect(sums.owners).toEqual([
      { functionName: 'settle', where: 'apps/gateway/dist/pipeline/settle.js:4', selfUs: 7 },
      { functionName: 'nobody of ours: sockets, timers, HTTP parsers, collector', where: '', selfUs: 5 },
    ]);
  });

  it('sums self time by function and by package, without what was waited', () => {
    const sums = sumProfile({
      nodes: [
        { id: 1, callFrame: frame('(root)'), children: [2, 3] },
        { id: 2, callFrame: frame('(idle)') },
        { id: 3, callFrame: frame('dispatch', pnpm) },
        { id: 4, callFrame: frame('dispatch', pnpm) },
        { id: 5, callFrame: frame('route', 'file:///home/x/apps/gateway/dist/pipeline/stages/route.js') },
        { id: 6, callFrame: frame('writev') },
        { id: 7, callFrame: frame('take', 'file:///home/x/packages/wallet-state/dist/take.js') },
        { id: 8, callFrame: frame('onread', 'node:internal/stream_base_commons') },
        { id: 9, callFrame: frame('(garbage collector)') },
      ],
      startTime: 0,
      samples: [2, 3, 4, 5, 6, 7, 8, 9],
      timeDeltas: [1_000, 30, 40, 50, 20, 10, 5, 3],
    });
    expect(sums.busyUs).toBe(158);
    expect(sums.groups).toEqual([
      { group: 'undici', selfUs: 70 },
      { group: 'gateway/pipeline', selfUs: 50 },
      { group: 'native code', selfUs: 20 },
      { group: 'packages/wallet-state', selfUs: 10 },
      { group: 'node:stream_base_commons', selfUs: 5 },
      { group: 'garbage collector', selfUs: 3 },
    ]);
    expect(sums.functions[0]).toEqual({
      functionName: 'dispatch',
      where: 'undici/lib/pool.js:10',
      group: 'undici',
      selfUs: 70,
    });
  });
});
