import { LATENCY_BOUNDS_MS, latencyBucket } from '@trunkline/contracts';
import pg from 'pg';
import { platformEnv } from './environment.js';

const BUCKET_MS = 15 * 60_000;
const NIL = '00000000-0000-0000-0000-000000000000';

/** What the past is made of: a model, who answered, and how its calls were. */
const LINES = [
  {
    model: 'openai/gpt-4o-mini',
    provider: 'openai',
    share: 5,
    nanoUsd: 310_000n,
    firstTokenMs: 240,
    failedOver: 0,
  },
  {
    model: 'openai/gpt-4o-mini',
    provider: 'openrouter',
    share: 0.4,
    nanoUsd: 310_000n,
    firstTokenMs: 620,
    failedOver: 1,
  },
  {
    model: 'anthropic/claude-sonnet-4.5',
    provider: 'anthropic',
    share: 2.2,
    nanoUsd: 6_400_000n,
    firstTokenMs: 540,
    failedOver: 0,
  },
  {
    model: 'deepseek/deepseek-v3.2',
    provider: 'deepseek',
    share: 3,
    nanoUsd: 420_000n,
    firstTokenMs: 380,
    failedOver: 0,
  },
  {
    model: 'meta-llama/llama-3.3-70b-instruct',
    provider: 'groq',
    share: 3.4,
    nanoUsd: 380_000n,
    firstTokenMs: 120,
    failedOver: 0,
  },
  {
    model: 'meta-llama/llama-3.3-70b-instruct',
    provider: 'together',
    share: 0.5,
    nanoUsd: 400_000n,
    firstTokenMs: 450,
    failedOver: 1,
  },
  {
    model: 'mistralai/mistral-large-2512',
    provider: 'mistral',
    share: 1.2,
    nanoUsd: 900_000n,
    firstTokenMs: 410,
    failedOver: 0,
  },
] as const;

/** A repeatable number between 0 and 1. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

/** Busy by day, quiet by night (UTC). */
function loadAt(time: Date, seed: number): number {
  const hour = time.getUTCHours() + time.getUTCMinutes() / 60;
  return (6 + 22 * Math.exp(-((hour - 14) ** 2) / 22)) * (0.8 + 0.4 * noise(seed));
}

function histogram(calls: number, aroundMs: number): string[] {
  const counts = Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0);
  for (let call = 0; call < calls; call += 1) {
    const spread = 0.6 + 0.9 * noise(call * 7.3 + aroundMs) ** 2 + (noise(call * 3.1) > 0.94 ? 2 : 0);
    const at = latencyBucket(aroundMs * spread);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map(String);
}

/**
 * Gives an organization a past of two days in its rollups, so that charts have something to show. The log has only the
 * calls that were really made.
 */
export async function writeHistory(organizationId: string, projectId: string): Promise<void> {
  const client = new pg.Client({ connectionString: platformEnv('DATABASE_URL') });
  await client.connect();
  try {
    const end = Math.floor(Date.now() / BUCKET_MS) * BUCKET_MS;
    for (let back = 1; back <= 192; back += 1) {
      const start = new Date(end - back * BUCKET_MS);
      for (const [place, line] of LINES.entries()) {
        const calls = Math.round(loadAt(start, back * 31 + place) * line.share);
        if (calls === 0) continue;
        const errors = noise(back * 17 + place) > 0.9 ? Math.ceil(calls * 0.04) : 0;
        await client.query(
          `insert into usage_rollup (bucket_start, organization_id, project_id, key_id, member_id, model_id, provider_id,
             calls, errors, failed_over, prompt_tokens, completion_tokens, cost_nano_usd, provider_cost_nano_usd,
             duration_ms_sum, first_token_histogram, duration_histogram)
           values ($1,$2,$3,$4,$4,$5,$6,$7,$8,$9,$10,$11,$12,$12,$13,$14,$15) on conflict do nothing`,
          [
            start,
            organizationId,
            projectId,
            NIL,
            line.model,
            line.provider,
            calls,
            errors,
            line.failedOver * calls,
            calls * 640,
            calls * 180,
            (line.nanoUsd * BigInt(calls)).toString(),
            calls * line.firstTokenMs * 5,
            histogram(calls, line.firstTokenMs),
            histogram(calls, line.firstTokenMs * 5),
          ],
        );
      }
    }
  } finally {
    await client.end();
  }
}
