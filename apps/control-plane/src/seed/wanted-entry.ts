/** A provider entry of the platform that the environment or the configuration file declares. */
export interface WantedEntry {
  providerId: string;
  protocol: string;
  baseUrl: string;
  region: string | null;
  tokenUrl: string | null;
  unlistedModels: boolean;
  /** What the entry calls models, by the provider's names for them. */
  deployments: Record<string, string>;
  source: 'environment' | 'simulator' | 'file';
  /** A pool; none where the endpoint takes calls without a credential. */
  apiKeys: string[];
}

/** What a provider of the catalog has without anybody saying so. */
export const PLAIN_ENTRY = { region: null, tokenUrl: null, unlistedModels: false, deployments: {} };
