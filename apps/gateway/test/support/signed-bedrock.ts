import type { RunningSimulator } from '@trunkline/provider-simulator';
import type { EntryWish } from './seed-entry.js';

/** Bedrock at the simulator, with keys that sign. */
export function signedBedrock({ url }: RunningSimulator): EntryWish {
  return {
    providerId: 'bedrock',
    protocol: 'bedrock',
    baseUrl: `${url}/p/bedrock`,
    region: 'eu-west-1',
    credentials: ['AKIASIM0000000000001:sim-bedrock-1'],
  };
}
