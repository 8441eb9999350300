import { anthropic } from './anthropic/index.js';
import { azureOpenai } from './azure/index.js';
import { bedrock } from './bedrock/index.js';
import { cohere } from './cohere/index.js';
import { gemini } from './gemini/index.js';
import { openai } from './openai/index.js';
import type { Protocol } from './protocol.js';
import { vertex } from './vertex/index.js';

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map(
  [openai, anthropic, azureOpenai, gemini, cohere, bedrock, vertex].map((protocol) => [
    protocol.id,
    protocol,
  ]),
);

/** The protocol of that name, if the simulator speaks it. */
export function protocolOf(id: string): Protocol | undefined {
  return PROTOCOLS.get(id);
}
