import { invokeOperation } from '../../endpoints/bedrock.js';
import { nativeId } from '../native-ids.js';
import type { Operation, Protocol } from '../protocol.js';
import { bedrockRefusal } from './errors.js';
import { eventMessage } from './event-message.js';
import { converseWriter } from './reply.js';
import { parseConverse } from './request.js';
import { countOperation } from './token-count.js';
import { checkAwsSignature, readBedrockKey } from './signed-request.js';

const INVOKE = /^\/model\/([^/]+)\/invoke$/u;
const COUNT = /^\/model\/([^/]+)\/count-tokens$/u;
const CONVERSE = /^\/model\/([^/]+)\/converse(-stream)?$/u;

/** Amazon Bedrock's Converse. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const bedrock: Protocol = {
  id: 'bedrock',
  requiresLimit: false,
  operation: operationOf,
  readKey: readBedrockKey,
  checkHeaders: () => undefined,
  checkSignature: checkAwsSignature,
  parse: (body, offer, _profile, target) => parseConverse(body, offer, target),
  useCache: (cache, scope, prompt, now) => cache.useMarked(scope, prompt.segments, now),
  writer: converseWriter,
  headers: () => ({ 'x-amzn-requestid': nativeId('', 36) }),
  refusal: bedrockRefusal,
  models: () => JSON.stringify({ modelSummaries: [] }),
  tokenCount: (inputTokens) => JSON.stringify({ inputTokens }),
  // An event that nobody knows: what Amazon would send is not documented.
  keepAlive: () => eventMessage('initial-response', {}),
  streamType: 'application/vnd.amazon.eventstream',
};

function operationOf(method: string, path: string): Operation | undefined {
  const [, name, streaming] = CONVERSE.exec(path) ?? [];
  const [, counted] = COUNT.exec(path) ?? [];
  const [, invoked] = INVOKE.exec(path) ?? [];
  if (method !== 'POST') return undefined;
  try {
    if (invoked !== undefined) return invokeOperation(decodeURIComponent(invoked));
    if (counted !== undefined) return countOperation(decodeURIComponent(counted));
    if (name === undefined) return undefined;
    const target = { model: decodeURIComponent(name), stream: streaming !== undefined };
    return { kind: 'generate', endpoint: 'chat', target };
  } catch {
    return undefined;
  }
}
