import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredResponse } from '@trunkline/contracts';
import type { Organization } from '@trunkline/contracts/control-plane';
import { createPool, type SqlPool } from '@trunkline/prisma';
import { keptResponse, responseContext } from '@trunkline/queues';
import { encryptBody, type GatewayCaller, mintGatewayToken } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { dropOldResponses, keepResponse } from '../../src/modules/stored-responses/index.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

const deflate = promisify(deflateRaw);

const STORED: StoredResponse = {
  items: [
    { type: 'message', role: 'user', content: 'one' },
    { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'secret-of-a-provider' },
    { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: 'done' },
    { type: 'message', role: 'user', id: 'msg_own', content: [{ type: 'input_text', text: 'two' }] },
  ],
  response: { id: 'resp_1', object: 'response', status: 'completed', output: [] },
};

describe('stored responses', () => {
  let plane: TestControlPlane;
  let mine: Organization;
  let other: Organization;
  let pool: SqlPool;
  beforeAll(async () => {
    plane = await startControlPlane();
    pool = createPool({ databaseUrl: plane.config.database.url, poolSize: 2, applicationName: 'test' });
    mine = (await plane.owner('Ada')).organization;
    other = (await plane.owner('Bob')).organization;
  });
  afterAll(async () => {
    await pool.end();
    await plane.stop();
  });

  const callerOf = (organization: Organization, changes: Partial<GatewayCaller> = {}): GatewayCaller => ({
    organizationId: organization.id,
    projectId: organization.defaultProjectId,
    keyId: null,
    memberId: null,
    ...changes,
  });

  const ask = (path: string, caller: GatewayCaller, method: 'GET' | 'DELETE' = 'GET') =>
    get(`/gateway/responses/${path}`, caller, method);

  async function get(url: string, caller: GatewayCaller, method: 'GET' | 'DELETE' = 'GET') {
    const token = mintGatewayToken(caller, plane.config.masterKeys, Date.now());
    const answer = await plane.app
      .getHttpAdapter()
      .getInstance()
      .inject({ method, url, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.statusCode, json: answer.json<Record<string, unknown>>() };
  }

  /** What a gateway's job does to the database. */
  async function keep(
    responseId: string,
    stored = STORED,
    callId = uuidv7(),
    more: { isBegun?: true } = {},
  ): Promise<void> {
    const plain = Buffer.from(JSON.stringify(stored));
    const sealed = encryptBody(await deflate(plain), plane.config.masterKeys, responseContext({ callId }));
    const kept = keptResponse.parse({
      callId,
      organizationId: mine.id,
      projectId: mine.defaultProjectId,
      responseId,
      itemIds: (stored.response['output'] as { id: string }[]).map(({ id }) => id),
      originalBytes: plain.length,
      ciphertext: sealed.toString('base64'),
      ...more,
    });
    await keepResponse({ pool }, kept);
    await keepResponse({ pool }, kept);
  }

  it('come back whole to their own project, and to nobody else', async () => {
    await keep('resp_1');
    expect(await ask('resp_1/context', callerOf(mine))).toEqual({ status: 200, json: STORED });
    for (const caller of [callerOf(other), callerOf(mine, { projectId: uuidv7() })])
      for (const path of ['resp_1/context', 'resp_1/input_items'])
        expect((await ask(path, caller)).status).toBe(404);
    expect((await ask('resp_1', callerOf(other), 'DELETE')).status).toBe(404);
  });

  it('of the background end up as they ended, whichever of the two comes last', async () => {
    const begun = { ...STORED, response: { id: 'resp_bg', status: 'queued', output: [] } };
    const ended = {
      ...STORED,
      response: { id: 'resp_bg', status: 'completed', output: [{ id: 'msg_bg', type: 'message' }] },
    };
    const callId = uuidv7();
    await keep('resp_bg', begun, callId, { isBegun: true });
    expect((await ask('resp_bg/context', callerOf(mine))).json).toEqual(begun);
    expect((await ask('resp_bg/input_items', callerOf(mine))).json['data']).toHaveLength(5);
    await keep('resp_bg', ended, callId);
    await keep('resp_bg', begun, callId, { isBegun: true });
    expect((await ask('resp_bg/context', callerOf(mine))).json).toEqual(ended);
    const items = await get('/gateway/response_items?id=msg_bg', callerOf(mine));
    expect(items.json['items']).toHaveLength(1);
  });

  it('are not readable in the database', async () => {
    await keep('resp_sealed');
    const { rows } = await pool.query<{ ciphertext: Buffer }>(
      "SELECT ciphertext FROM stored_response WHERE response_id = 'resp_sealed'",
    );
    expect(rows[0]?.ciphertext.toString('latin1')).not.toContain('secret-of-a-provider');
  });

  it('list what the model was given in pages, each item with an id that stays', async () => {
    await keep('resp_2');
    const first = await ask('resp_2/input_items?limit=2&order=asc', callerOf(mine));
    expect(first).toMatchObject({
      status: 200,
      json: {
        object: 'list',
        has_more: true,
        data: [
          { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'one' }] },
          { type: 'reasoning', id: 'rs_1' },
        ],
      },
    });
    const rest = await ask('resp_2/input_items?order=asc&after=rs_1', callerOf(mine));
    expect(rest.json['has_more']).toBe(false);
    expect((rest.json['data'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'function_call',
      'function_call_output',
      'message',
    ]);
    const newest = await ask('resp_2/input_items?limit=1', callerOf(mine));
    expect(newest.json).toMatchObject({ first_id: 'msg_own', last_id: 'msg_own', has_more: true });
    for (const query of ['limit=0', 'limit=many', 'order=up', 'after=nobody'])
      expect((await ask(`resp_2/input_items?${query}`, callerOf(mine))).status).toBe(400);
  });

  it('give single items by their ids, to their own project alone', async () => {
    const item = { id: 'msg_9', type: 'message', role: 'assistant', content: [] };
    await keep('resp_9', { items: [], response: { id: 'resp_9', output: [{ id: 'rs_9' }, item] } });
    const path = '/gateway/response_items?id=msg_9&id=nobody';
    expect(await get(path, callerOf(mine))).toEqual({ status: 200, json: { items: [item] } });
    expect(await get(path, callerOf(other))).toEqual({ status: 200, json: { items: [] } });
  });

  it('are gone when they are deleted', async () => {
    await keep('resp_3');
    expect(await ask('resp_3', callerOf(mine), 'DELETE')).toEqual({
      status: 200,
      json: { id: 'resp_3', object: 'response', deleted: true },
    });
    expect((await ask('resp_3/context', callerOf(mine))).status).toBe(404);
    expect((await ask('resp_3', callerOf(mine), 'DELETE')).status).toBe(404);
  });

  it('are gone after thirty days', async () => {
    const longAgo = callIdOf(Date.now() - 31 * 24 * 3600 * 1000);
    await keep('resp_old', STORED, longAgo);
    await keep('resp_new');
    expect(await dropOldResponses({ pool })).toBe(1);
    expect((await ask('resp_new/context', callerOf(mine))).status).toBe(200);
  });
});

/** A UUIDv7 of that time. */
function callIdOf(timeMs: number): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`;
}
