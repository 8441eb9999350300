import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePorts } from './free-ports.js';

describe('freePorts', () => {
  it('gives the first of ports in a row that can all be listened on', async () => {
    const first = await freePorts(3);
    const servers = [0, 1, 2].map((index) => createServer().listen(first + index, '127.0.0.1'));
    const ends = await Promise.all(
      servers.map(
        (server) =>
          new Promise((resolve) => {
            server.once('listening', () => server.close(() => resolve('listened')));
            server.once('error', resolve);
          }),
      ),
    );
    expect(ends).toEqual(['listened', 'listened', 'listened']);
  });
});
