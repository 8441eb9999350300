import { expect } from '@playwright/test';
import OpenAI, { APIError } from 'openai';
import { platformEnv } from './environment.js';

/** A client of the gateway as people write it; it does not try again by itself. */
export function gatewayClient(apiKey = platformEnv('DEMO_API_KEY')): OpenAI {
  return new OpenAI({ baseURL: `${platformEnv('GATEWAY_URL')}/v1`, apiKey, maxRetries: 0 });
}

export async function ask(model: string, prompt: string, apiKey?: string): Promise<void> {
  await gatewayClient(apiKey).chat.completions.create({
    model,
    messages: [{ role: 'user', content: prompt }],
  });
}

/** The first call of a wallet may find its accounts not loaded yet, on a machine that has too much to do. */
export async function loadDemoWallet(): Promise<void> {
  await expect.poll(() => statusOf(platformEnv('DEMO_API_KEY'))).toBe(200);
}

/** The status that a call with this key gets. */
export async function statusOf(apiKey: string): Promise<number> {
  try {
    await ask('openai/gpt-4o-mini', 'Hello', apiKey);
    return 200;
  } catch (error) {
    if (error instanceof APIError && typeof error.status === 'number') return error.status;
    throw error;
  }
}
