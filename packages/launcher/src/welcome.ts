import { relative } from 'node:path';
import { addressesOf } from './addresses.js';
import { curlCommand } from './first-call.js';
import type { PlatformFacts } from './part-environment.js';
import { statePaths } from './settings.js';

/** What `npm start` says when everything is up. */
export function welcome(
  facts: PlatformFacts,
  model: string | undefined,
  called: { keyed: readonly string[]; own: readonly string[] },
): string {
  const { settings, secrets } = facts;
  const address = addressesOf(settings);
  const providers = facts.simulated
    ? 'Providers are SIMULATED: answers are made up and cost nothing real, since the environment has no provider key.\n  Set OPENAI_API_KEY, ANTHROPIC_API_KEY, … and start again to call the real ones.'
    : `Providers are REAL: calls go to ${called.keyed.join(', ')} and cost what they charge.`;
  const own =
    called.own.length === 0
      ? ''
      : `\n  Of your own, from the configuration file: ${called.own.join(', ')}; these are real.`;
  return `
Trunkline is up.

  Dashboard      ${address.dashboard}
  Gateway        ${address.gateway}/v1
  Control plane  ${address.controlPlane}

  Demo log-in    ${secrets.demoEmail}   ${secrets.demoPassword}
  Operator       ${secrets.operatorEmail}   ${secrets.operatorPassword}
  Demo key       ${secrets.demoApiKey}

  ${providers}${own}

${model === undefined ? '  None of the keyed providers can be called yet: see docs/adding-a-provider.md.' : curlCommand(address.gateway, secrets.demoApiKey, model)}

  All of this stands in ${relative(settings.root, statePaths(settings.stateDir).devEnv) || statePaths(settings.stateDir).devEnv}, logs in ${relative(settings.root, statePaths(settings.stateDir).logs)}.
  Ctrl-C stops everything and keeps the data; "npm run reset" starts over.
`;
}
