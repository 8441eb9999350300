import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallBodies, CallDetail, CallPage, Organization } from '@trunkline/contracts/control-plane';
import { encryptBody } from '@trunkline/secrets';
import { callIdAt, insertCall } from '../support/log-fixtures.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const MINUTE = 60_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

describe('the request log', () => {
  let plane: TestControlPlane;
  let visitor: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    plane = await startControlPlane();
    ({ visitor, organization } = await plane.owner('Ada'));
    params = { organizationId: organization.id };
    const insert = async (name: string, fields: Parameters<typeof insertCall>[2]) => {
      ids[name] = (await insertCall(plane.client, organization, fields)).id;
    };
    await insert('plain', { at: ago(1 * MINUTE), tags: { team: 'red', tier: 'gold' } });
    await insert('failedOver', { at: ago(2 * MINUTE), attemptCount: 2, providerId: 'groq', endUser: 'u-1' });
    await insert('limited', {
      at: ago(3 * MINUTE),
      status: 429,
      errorCode: 'rate_limit_exceeded',
      costNanoUsd: 0n,
    });
    await insert('dear', {
      at: ago(4 * MINUTE),
      costNanoUsd: 9_000_000_000n,
      modelId: 'openai/o3',
      stream: true,
    });
    await insert('slow', {
      at: ago(5 * MINUTE),
      durationMs: 65_000,
      firstTokenMs: 9_000,
      status: 502,
      attemptCount: 3,
    });
    await insert('lastMonth', { at: ago(40 * 24 * 60 * MINUTE) });
  });
  afterAll(() => plane.stop());

  const list = (query: Record<string, string | readonly string[]>) =>
    visitor.get<CallPage>('listCalls', { params, query });
  const names = (page: CallPage) =>
    page.items.map((call) => Object.entries(ids).find(([, id]) => id === call.id)?.[0] ?? call.id);

  it.each<[Record<string, string | readonly string[]>, string[]]>([
    [{}, ['plain', 'failedOver', 'limited', 'dear', 'slow']],
    [{ status: '4xx' }, ['limited']],
    [{ status: ['429', '5xx'] }, ['limited', 'slow']],
    [{ status: '200', failedOver: 'true' }, ['failedOver']],
    [{ failedOver: 'false', status: '2xx' }, ['plain', 'dear']],
    [{ errorCode: 'rate_limit_exceeded' }, ['limited']],
    [{ model: 'openai/o3' }, ['dear']],
    [{ provider: ['groq', 'anthropic'] }, ['failedOver']],
    [{ endUser: 'u-1' }, ['failedOver']],
    [{ tag: ['team:red', 'tier:gold'] }, ['plain']],
    [{ tag: ['team:red', 'tier:silver'] }, []],
    [{ minCostNanoUsd: '1000000000' }, ['dear']],
    [{ maxCostNanoUsd: '0' }, ['limited']],
    [{ minDurationMs: '60000' }, ['slow']],
    [{ maxFirstTokenMs: '200', status: '2xx' }, ['plain', 'failedOver', 'dear']],
    [{ minAttempts: '2', maxAttempts: '2' }, ['failedOver']],
    [{ stream: 'true' }, ['dear']],
    [{ from: ago(60 * 24 * 60 * MINUTE).toISOString(), to: ago(6 * MINUTE).toISOString() }, ['lastMonth']],
    [{ billingReason: 'failed' }, []],
  ])('with %j finds %j', async (query, expected) => {
    expect(names(await list(query))).toEqual(expected);
  });

  it('pages through filtered calls without loss or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: CallPage = await list({
        limit: '1',
        status: ['2xx', '4xx'],
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...names(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['plain', 'failedOver', 'limited', 'dear']);
  });

  it('pages through calls of one and the same millisecond', async () => {
    const { visitor: other, organization: own } = await plane.owner('Burst');
    const at = ago(MINUTE);
    for (let count = 0; count < 5; count++) await insertCall(plane.client, own, { at });
    const of = { organizationId: own.id };
    const first = await other.get<CallPage>('listCalls', { params: of, query: { limit: '3' } });
    const query = { limit: '3', cursor: first.nextCursor ?? '' };
    const second = await other.get<CallPage>('listCalls', { params: of, query });
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
  });

  it('tails by the end of calls, so that one that took long is not missed', async () => {
    const { tailCursor } = await list({ limit: '1' });
    const id = callIdAt(ago(5 * MINUTE));
    await insertCall(plane.client, organization, { id, durationMs: 5 * MINUTE + 1_000 });
    const tail = await list({ after: tailCursor });
    expect(tail.items.map((call) => call.id)).toContain(id);
    expect(names(tail)).not.toContain('slow');
    await plane.client.call.deleteMany({ where: { id } });
  });

  it('finds a call by any of its ids', async () => {
    const call = await insertCall(plane.client, organization, {
      at: ago(50 * 24 * 60 * MINUTE),
      clientRequestId: 'my-request-7',
      providerResponseId: 'chatcmpl-7',
    });
    for (const text of [call.id, call.id.toUpperCase(), 'my-request-7', ' chatcmpl-7 ']) {
      expect((await list({ text })).items.map(({ id }) => id)).toEqual([call.id]);
    }
    const recent = await insertCall(plane.client, organization);
    expect((await list({ text: recent.attemptId })).items.map(({ id }) => id)).toEqual([recent.id]);
    await plane.client.call.deleteMany({ where: { id: recent.id } });
    expect((await list({ text: 'no such id' })).items).toEqual([]);
  });

  it('shows a call with attempts, and lines at the price that the customer pays', async () => {
    const path = { params: { ...params, callId: ids['plain'] ?? '' } };
    const detail = await visitor.get<CallDetail>('getCall', path);
    expect(detail).toMatchObject({
      id: ids['plain'],
      projectName: 'Default',
      costNanoUsd: '4500',
      tags: { team: 'red', tier: 'gold' },
      attempts: [{ number: 1, outcome: 'success', committed: true }],
      lines: [{ bucket: 'input.text', units: '10', nanoUsdPerMillion: '150000000', costNanoUsd: '1500' }],
      bodiesKept: false,
    });
    expect(JSON.stringify(detail)).not.toMatch(/buy|providerCost/i);
    expect(await visitor.get<CallBodies>('getCallBodies', path)).toEqual({ request: null, answer: null });
  });

  it('opens bodies that were kept, and says when they were cut', async () => {
    const { id, createdAt } = await insertCall(plane.client, organization);
    const body = (number: 0 | 1, text: string, originalBytes: number) => ({
      ...{ createdAt, callId: id, number, organizationId: organization.id, originalBytes },
      ciphertext: new Uint8Array(
        encryptBody(deflateRawSync(text), plane.config.masterKeys, `${id}:${number}`),
      ),
    });
    await plane.client.callBody.createMany({
      data: [body(0, '{"messages":[]}', 15), body(1, 'Grüße', 400_000)],
    });
    const path = { params: { ...params, callId: id } };
    expect(await visitor.get<CallBodies>('getCallBodies', path)).toEqual({
      request: { text: '{"messages":[]}', originalBytes: 15, truncated: false },
      answer: { text: 'Grüße', originalBytes: 400_000, truncated: true },
    });
    expect(await visitor.get<CallDetail>('getCall', path)).toMatchObject({ bodiesKept: true });
  });

  it('answers 404 to an id that is no call’s', async () => {
    for (const callId of ['00000000-0000-4000-8000-000000000000', callIdAt(ago(1)), callIdAt(new Date(0))]) {
      expect((await visitor.call('getCall', { params: { ...params, callId } })).status).toBe(404);
    }
  });

  it('is seen as arriving during onboarding', async () => {
    const { visitor: fresh, organization: own } = await plane.owner('Fresh');
    const of = { params: { organizationId: own.id } };
    expect(await fresh.get('getOnboarding', of)).toEqual({ firstKeyAt: null, firstCall: null });
    const call = await insertCall(plane.client, own);
    await insertCall(plane.client, own);
    expect(await fresh.get('getOnboarding', of)).toMatchObject({ firstCall: { id: call.id, status: 200 } });
  });
});
