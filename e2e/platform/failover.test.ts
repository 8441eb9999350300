import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { eventually } from '../support/eventually.js';
import { connect } from '../support/books.js';
import { closeBreakers } from '../support/close-breakers.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { clearFaults, setFault } from '../support/simulator-control.js';

/** The bound on what a failed first target may add. */
const FAILOVER_LIMIT_MS = 500;

describe('a provider that is down', () => {
  let platform: Platform;
  let openai: OpenAI;
  beforeAll(async () => {
    platform = await startPlatform();
    openai = new OpenAI({
      baseURL: `${platform.env['GATEWAY_URL']}/v1`,
      apiKey: platform.env['DEMO_API_KEY'] ?? '',
      maxRetries: 0,
    });
  }, 400_000);
  afterEach(async () => {
    await clearFaults(platform.env);
    await closeBreakers(platform);
  });
  afterAll(async () => {
    await platform?.stop();
  }, 200_000);

  const ask = () =>
    openai.chat.completions
      .create({
        model: 'openai/gpt-4o-mini',
        messages: [{ role: 'user', content: 'Hello [[sim tokens=20]]' }],
      })
      .withResponse();

  async function medianMs(calls: number): Promise<number> {
    const times: number[] = [];
    for (let index = 0; index < calls; index += 1) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    return times.toSorted((left, right) => left - right)[Math.floor(calls / 2)] ?? 0;
  }

  it.each(['refuse', 'reset_before_headers', 'status:500', 'status:429', 'html_200', 'status:401'])(
    'with %s at the first provider the next one answers, both attempts are logged and the cost is exact',
    async (fault) => {
      await setFault(platform.env, 'openai', fault);
      const { data, response } = await ask();
      expect(data.choices[0]?.message.content).toBeTruthy();
      expect(response.headers.get('x-trunkline-attempts')).toBe('2');
      const database = await connect(platform.env['DATABASE_URL'] ?? '');
      try {
        const id = response.headers.get('x-request-id');
        const row = await eventually(async () => {
          const found = await database.query(
            `select c.cost_nano_usd as cost, (select sum(l.cost_nano_usd) from call_line l where l.call_id = c.id) as lines,
                    array(select a.provider_id || ':' || (a.outcome = 'success') from attempt a where a.call_id = c.id order by number) as attempts
               from "call" c where c.id = $1`,
            [id],
          );
          return found.rows[0] as { cost: string; lines: string; attempts: string[] } | undefined;
        }, 30_000);
        expect(row.attempts).toHaveLength(2);
        expect(row.attempts[0]).toBe('openai:false');
        expect(row.attempts[1]).toMatch(/:true$/);
        expect(row.cost).toBe(row.lines);
        const told = (data.usage as { cost?: number } | undefined)?.cost ?? 0;
        expect(BigInt(Math.round(told * 1e9))).toBe(BigInt(row.cost));
      } finally {
        await database.end();
      }
    },
  );

  it('costs the client little time', async () => {
    const without = await medianMs(9);
    await setFault(platform.env, 'openai', 'refuse');
    const withFault = await medianMs(9);
    expect(withFault - without).toBeLessThan(FAILOVER_LIMIT_MS);
  });
});
