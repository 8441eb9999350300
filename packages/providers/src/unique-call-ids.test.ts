import { describe, expect, it } from '@jest/globals';
import { UniqueCallIds } from './unique-call-ids.js';

const plain = (id: string): string => id.replaceAll(/\W/g, '_');

describe('ids of calls', () => {
  it('stay what they are where each is said once', () => {
    const ids = new UniqueCallIds(plain);
    expect([ids.ofCall('a'), ids.ofCall('b'), ids.ofResult('b'), ids.ofResult('a')]).toEqual([
      'a',
      'b',
      'b',
      'a',
    ]);
  });

  it('are others for calls of later turns, and results follow their calls', () => {
    const ids = new UniqueCallIds(plain);
    expect([ids.ofCall('list:0'), ids.ofResult('list:0')]).toEqual(['list_0', 'list_0']);
    expect([ids.ofCall('list:0'), ids.ofResult('list:0')]).toEqual(['list_0_2', 'list_0_2']);
    expect([ids.ofCall('list:0'), ids.ofResult('list:0')]).toEqual(['list_0_3', 'list_0_3']);
  });

  it('are told apart within a turn by the order of the results', () => {
    const ids = new UniqueCallIds(plain);
    expect([ids.ofCall('a'), ids.ofCall('a')]).toEqual(['a', 'a_2']);
    expect([ids.ofResult('a'), ids.ofResult('a')]).toEqual(['a', 'a_2']);
  });

  it('differ where only what the provider refuses told them apart', () => {
    const ids = new UniqueCallIds(plain);
    expect([ids.ofCall('a.b'), ids.ofCall('a:b')]).toEqual(['a_b', 'a_b_2']);
    expect([ids.ofResult('a:b'), ids.ofResult('a.b')]).toEqual(['a_b_2', 'a_b']);
  });

  it('are the same for two results of one call, and known for results without one', () => {
    const ids = new UniqueCallIds(plain);
    ids.ofCall('a');
    expect([ids.ofResult('a'), ids.ofResult('a'), ids.ofResult('x.y')]).toEqual(['a', 'a', 'x_y']);
  });
});
