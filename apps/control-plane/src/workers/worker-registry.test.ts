import { describe, expect, it } from '@jest/globals';
import { handlersByQueue, type QueueHandler } from './worker-registry.js';

const handlerOf = (...queues: string[]): QueueHandler => ({
  queues,
  concurrency: 1,
  handle: () => Promise.resolve(),
});

describe('handlersByQueue', () => {
  it('gives each queue its handler', () => {
    const [one, two] = [handlerOf('a', 'b'), handlerOf('c')];
    expect([...handlersByQueue([one, two], ['a', 'b', 'c'])]).toEqual([
      ['a', one],
      ['b', one],
      ['c', two],
    ]);
  });

  it.each<[string, QueueHandler[], string]>([
    ['a queue has no handler', [handlerOf('a')], 'queue b has no handler'],
    ['a queue has two', [handlerOf('a', 'b'), handlerOf('b')], 'queue b has two handlers'],
    ['a handler names a queue that there is not', [handlerOf('a', 'b', 'c')], 'handler for c'],
  ])('refuses to start when %s', (_, handlers, message) => {
    expect(() => handlersByQueue(handlers, ['a', 'b'])).toThrow(message);
  });
});
