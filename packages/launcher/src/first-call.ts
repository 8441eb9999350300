import { setTimeout as sleep } from 'node:timers/promises';

/** The model that the printed call names, if it can be served: cheap, and known to everyone. */
const preferred = 'openai/gpt-4o-mini';

// A gateway is ready before it has heard of a key that the seed made a second ago.
const patienceMs = 15_000;

/**
 * Asks the gateway what the demo key can call now and picks the model for the printed call. `undefined` when there is
 * none, which only real keys can bring about: of providers that cannot be called yet.
 *
 * @throws when the gateway does not accept the key, or serves no model although it must
 */
export async function callableModel(
  gatewayUrl: string,
  key: string,
  mustHaveOne: boolean,
): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await listedModels(gatewayUrl, key);
    const models = answer.models ?? [];
    if (models.length > 0) return models.includes(preferred) ? preferred : models[0];
    if (answer.models !== undefined && !mustHaveOne) return undefined;
    if (performance.now() > deadline)
      throw new Error(
        `the gateway does not serve the demo key: ${answer.problem ?? 'its list of models is empty'}`,
      );
    await sleep(200);
  }
}

/** A command line that can be pasted and answers. */
export function curlCommand(gatewayUrl: string, key: string, model: string): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello in five words.' }] });
  return [
    `curl ${gatewayUrl}/v1/chat/completions \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n');
}

async function listedModels(
  gatewayUrl: string,
  key: string,
): Promise<{ models?: string[]; problem?: string }> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${gatewayUrl}/v1/models`, { headers, signal: AbortSignal.timeout(5_000) });
  if (!response.ok)
    return { problem: `/v1/models answers ${response.status} ${(await response.text()).slice(0, 200)}` };
  return { models: modelIds(await response.json()) };
}

function modelIds(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('data' in answer) || !Array.isArray(answer.data))
    return [];
  return answer.data.map((model: unknown) =>
    typeof model === 'object' && model !== null && 'id' in model ? String(model.id) : '',
  );
}
