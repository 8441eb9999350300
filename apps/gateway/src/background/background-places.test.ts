import { describe, expect, it } from '@jest/globals';
import { BackgroundPlaces } from './background-places.js';

describe('places of a process', () => {
  it('go to one organization by half, to all together as many as there are', () => {
    const places = new BackgroundPlaces(4);
    const leave = places.take('a');
    places.take('a');
    expect(() => places.take('a')).toThrow(expect.objectContaining({ code: 'concurrency_limit' }));
    places.take('b');
    places.take('b');
    expect(() => places.take('c')).toThrow(expect.objectContaining({ code: 'overloaded' }));
    leave();
    places.take('c');
    expect(() => places.take('a')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });

  it('are one for anybody where there is one', () => {
    const places = new BackgroundPlaces(1);
    const leave = places.take('a');
    expect(() => places.take('b')).toThrow();
    leave();
    places.take('b');
  });
});
