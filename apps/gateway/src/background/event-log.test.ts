import { describe, expect, it } from '@jest/globals';
import { EventLog } from './event-log.js';

describe('the events of a response', () => {
  it('have numbers of their own, without a gap, whatever theirs were', () => {
    const log = new EventLog();
    const heard: string[] = [];
    log.listen((frame) => heard.push(frame));
    log.add({ type: 'a', sequence_number: 7, x: 1 });
    log.add({ type: 'b' });
    expect(heard).toEqual([
      'event: a\ndata: {"type":"a","sequence_number":0,"x":1}\n\n',
      'event: b\ndata: {"type":"b","sequence_number":1}\n\n',
    ]);
    expect(log.take()).toEqual({ first: 0, frames: heard });
    expect(log.take()).toBeNull();
    log.add({ type: 'c' });
    expect(log.take()?.first).toBe(2);
  });

  it('are told on and kept no more once they are too many', () => {
    const log = new EventLog();
    let heard = 0;
    log.listen(() => (heard += 1));
    const delta = 'x'.repeat(1024 * 1024);
    for (let number = 0; number < 6; number += 1) log.add({ type: 'a', delta });
    expect(heard).toBe(6);
    expect(log.isFull).toBe(true);
    expect(log.take()?.frames).toHaveLength(3);
    log.add({ type: 'b' });
    expect([heard, log.take()]).toEqual([7, null]);
  });
});
