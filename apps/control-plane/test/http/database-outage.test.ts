import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestPostgres, eventually, type OwnServer } from '@trunkline/testing';
import pg from 'pg';
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

  it('answers 503 with a delay to who signs up while Postgres takes no rows in time', async () => {
    const locker = new pg.Client({ connectionString: postgres.url });
    await locker.connect();
    await locker.query('begin; lock table "user" in exclusive mode');
    const body = { name: 'New', email: 'new@example.com', password: 'a long password' };
    const answer = await plane.visitor().send('POST', '/api/auth/sign-up/email', body);
    await locker.query('rollback');
    await locker.end();
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'service_unavailable' } } });
    expect(answer.headers['retry-after']).toBe('2');
    const again = await plane.visitor().send('POST', '/api/auth/sign-up/email', body);
    expect(again.status).toBe(200);
  }, 60_000);

  it('lives, is not ready, and says so within seconds; afterwards it goes on by itself', async () => {
    for (const [cut, mend] of [
      [() => postgres.freeze(), () => postgres.thaw()],
      [() => postgres.kill(), () => postgres.restart()],
    ] as const) {
      await cut();
      expect((await timed('/healthz')).status).toBe(200);
      // Open connections of a killed server serve on until they notice.
      await eventually(async () => {
        const ready = await timed('/readyz');
        expect(ready).toMatchObject({ status: 503, json: { ready: false } });
        expect(ready.milliseconds).toBeLessThan(10_000);
      });
      const me = await timed('/api/me');
      expect(me).toMatchObject({ status: 503, json: { error: { code: 'service_unavailable' } } });
      expect(me.milliseconds).toBeLessThan(25_000);
      const credentials = { email: 'ada@example.com', password: 'some password' };
      const signIn = await visitor.send('POST', '/api/auth/sign-in/email', credentials);
      expect(signIn).toMatchObject({ status: 503, json: { error: { code: 'service_unavailable' } } });
      await mend();
      await eventually(async () => expect((await timed('/readyz')).status).toBe(200), { timeoutMs: 30_000 });
      await eventually(async () => expect((await timed('/api/me')).status).toBe(200), { timeoutMs: 30_000 });
    }
  });
});
