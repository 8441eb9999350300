import { Injectable } from '@nestjs/common';
import { AppError, type ErrorCode } from '@trunkline/errors';
import { type MasterKeys, mintGatewayToken, readMasterKeys } from '@trunkline/secrets';
import { GatewayConfig } from '../config/environment.js';
import type { Principal } from '../pipeline/ports.js';
import { ConnectionPools } from './connection-pools.js';

/** Nothing that is asked takes longer, unless the control plane is in trouble. */
const TIMEOUT_MS = 5_000;

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  404: 'not_found',
  409: 'idempotency_conflict',
};

/** Asks the control plane about stored things of a caller, with a token that says who the caller is. */
@Injectable()
export class ControlPlane {
  private readonly masterKeys: MasterKeys;

  constructor(
    private readonly config: GatewayConfig,
    private readonly pools: ConnectionPools,
  ) {
    this.masterKeys = readMasterKeys(config.masterKey);
  }

  /**
   * The answer's JSON, as text.
   * @param path with its query, behind `/gateway`
   * @throws AppError 404 and 400 as the control plane says them, 503 when it is away
   */
  async ask(
    principal: Principal,
    path: string,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
    body: string | null = null,
  ): Promise<string> {
    const { organization, project, key, member } = principal;
    const caller = {
      organizationId: organization.id,
      projectId: project.id,
      keyId: key?.id ?? null,
      memberId: key ? key.memberId : (member?.id ?? null),
    };
    const token = mintGatewayToken(caller, this.masterKeys, Date.now());
    const { statusCode, text } = await this.send({ path, method, body, token });
    if (statusCode < 300) return text;
    const code = CODES[statusCode];
    if (code === undefined) throw away();
    throw new AppError(code, { publicMessage: messageOf(text) });
  }

  private async send(request: {
    path: string;
    method: 'GET' | 'POST' | 'DELETE';
    body: string | null;
    token: string;
  }): Promise<{ statusCode: number; text: string }> {
    const { pool, pathPrefix } = this.pools.of(this.config.controlPlaneUrl, 'operator');
    const { path, method, body, token } = request;
    try {
      const answer = await pool.request({
        path: `${pathPrefix}/gateway${path}`,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { statusCode: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      throw away(error);
    }
  }
}

function away(cause?: unknown): AppError {
  return new AppError('service_unavailable', {
    publicMessage: 'What is stored cannot be looked up at the moment. Calls of models go on.',
    retryAfterMs: 2_000,
    ...(cause === undefined ? {} : { cause }),
  });
}

function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') return error.message;
  } catch {
    // Told without a reason.
  }
  return 'The request cannot be answered.';
}
