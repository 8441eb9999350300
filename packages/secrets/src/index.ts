export { API_KEY_PREFIX, createApiKey, describeApiKey, hashApiKey, type NewApiKey } from './api-key.js';
export { decryptBody, encryptBody } from './body-secret.js';
export { decryptSecret, encryptSecret } from './envelope.js';
export { type GatewayCaller, mintGatewayToken, verifyGatewayToken } from './gateway-token.js';
export {
  deriveKey,
  type KeyPurpose,
  type MasterKey,
  type MasterKeys,
  readMasterKeys,
} from './master-keys.js';
export {
  mintPlaygroundToken,
  PLAYGROUND_TOKEN_PREFIX,
  PLAYGROUND_TOKEN_SECONDS,
  type PlaygroundClaims,
  verifyPlaygroundToken,
} from './playground-token.js';
export { signStatement } from './sign-statement.js';
