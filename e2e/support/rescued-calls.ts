import { gatewayClient } from './calls.js';
import type { DevEnv } from './platform.js';
import { clearFaults, setFault } from './simulator-control.js';

const MODEL = 'openai/gpt-4o-mini';

/** Streams an answer to its end. @returns the call's id */
async function stream(prompt: string, more: object = {}): Promise<string> {
  const { data, response } = await gatewayClient()
    .chat.completions.create({
      model: MODEL,
      stream: true,
      messages: [{ role: 'user', content: prompt }],
      ...more,
    })
    .withResponse();
  for await (const chunk of data) void chunk;
  return response.headers.get('x-request-id') ?? '';
}

/** A call whose first provider broke off in the middle. @returns its id */
export async function brokenOff(simulator: DevEnv): Promise<string> {
  await setFault(simulator, 'openai', 'cut', { at: 30 });
  try {
    return await stream('What does a signalman do all day?');
  } finally {
    await clearFaults(simulator);
  }
}

/** A call that asked a second provider beside a slow one. @returns its id */
export async function hedged(simulator: DevEnv): Promise<string> {
  await setFault(simulator, 'openai', 'slow_first_token', { delayMs: 15_000 });
  try {
    return await stream('Why are sleepers called so?', { trunkline: { hedge: { afterMs: 300 } } });
  } finally {
    await clearFaults(simulator);
  }
}
