import { relative } from 'node:path';
import { addressesOf } from './addresses.js';
import { curlCommand } from './first-call.js';
import type { PlatformFacts } from './part-environment.js';
import { statePaths } from './settings.js';

/** What `npm start` says when everything is up. */
export function welcome(
  facts: PlatformFacts,
  model: string | undefined,
  keyedProviders: readonly string[],
): string {
  const { settings, secrets } = facts;
  const address = addressesOf(settings);
  const providers = facts.simulated
    ? 'Providers are SIMULATED: answers are made up and cost nothing real, since the environment has no provider key.\n  Set OPENAI_API_KEY, ANTHROPIC_API_KEY, … and start again to call the real ones.'
    : `Providers are REAL: calls go to ${keyedProviders.join(', ')} and cost what they charge.`;
  return `
Trunkline is up.

  Dashboard      ${address.dashboard}
  Gateway        ${address.gateway}/v1
  Control plane  ${address.controlPlane}

  Demo log-in    ${secrets.demoEmail}   ${secrets.demoPassword}
  Operator       ${secrets.operatorEmail}   ${secrets.operatorPassword}
  Demo key       ${secrets.demoApiKey}

  ${providers}

${model === undefined ? '  None of the keyed providers can be called yet: see docs/adding-a-provider.md.' : curlCommand(address.gateway, secrets.demoApiKey, model)}

  All of this stands in ${relative(settings.root, statePaths(settings.stateDir).devEnv) || statePaths(settings.stateDir).devEnv}, logs in ${relative(settings.root, statePaths(settings.stateDir).logs)}.
  Ctrl-C stops everything and keeps the data; "npm run reset" starts over.
`;
}
