import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestPostgres, eventually, type OwnServer } from '@trunkline/testing';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('while Postgres is away', () => {
  let postgres: OwnServer;
  let plane: TestControlPlane;
  let visitor: Visitor;
  beforeAll(async () => {
    postgres = await createTestPostgres();
    plane = await startControlPlane({ DATABASE_URL: postgres.url });
    ({ visitor } = await plane.owner('Ada'));
  });
  afterAll(async () => {
    await plane.stop();
    await postgres.stop();
  });

  const timed = async (path: string) => {
    const started = performance.now();
    const { status, json } = await visitor.send('GET', path);
    return { status, json, milliseconds: performance.now() - started };
  };

  /** One process takes new connections, a child each serves an open one. */
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    const children = execFileSync('pgrep', ['-P', String(postgres.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    for (const pid of [postgres.pid, ...children.map(Number)]) process.kill(pid, name);
  };

  it('lives, is not ready, and says so within seconds; afterwards it goes on by itself', async () => {
    for (const [cut, mend] of [
      [() => signal('SIGSTOP'), () => signal('SIGCONT')],
      [() => postgres.kill(), () => postgres.restart()],
    ] as const) {
      await cut();
      expect((await timed('/healthz')).status).toBe(200);
      // Open connections of a killed server serve on until they notice.
      await eventually(async () => {
        const ready = await timed('/readyz');
        expect(ready).toMatchObject({ status: 503, json: { ready: false } });
        expect(ready.milliseconds).toBeLessThan(3_000);
      });
      const me = await timed('/api/me');
      expect(me).toMatchObject({ status: 503, json: { error: { code: 'service_unavailable' } } });
      expect(me.milliseconds).toBeLessThan(11_000);
      const credentials = { email: 'ada@example.com', password: 'some password' };
      const signIn = await visitor.send('POST', '/api/auth/sign-in/email', credentials);
      expect(signIn).toMatchObject({ status: 503, json: { error: { code: 'service_unavailable' } } });
      await mend();
      await eventually(async () => expect((await timed('/readyz')).status).toBe(200), { timeoutMs: 20_000 });
      await eventually(async () => expect((await timed('/api/me')).status).toBe(200), { timeoutMs: 20_000 });
    }
  });
});
