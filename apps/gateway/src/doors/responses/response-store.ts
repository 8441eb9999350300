import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CallId, StoredResponse } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { Principal } from '../../pipeline/ports.js';
import { ControlPlane } from '../../upstream/control-plane.js';
import { KeptBodies } from '../../usage/kept-bodies.js';
import { RecentResponses } from './recent-responses.js';

/** A larger one is not kept: its items may hold pictures. */
export const MAX_STORED_BYTES = 4 * 1024 * 1024;
const MAX_ID_CHARACTERS = 256;
/** Another process may have given the response a moment ago. */
const WAITS_MS = [100, 200, 400, 800];

/** Where responses are kept that their clients asked to have stored. */
@Injectable()
export class ResponseStore {
  private readonly recent = new RecentResponses();

  constructor(
    private readonly controlPlane: ControlPlane,
    private readonly bodies: KeptBodies,
  ) {}

  /** Keeps a response, or drops it under pressure. Returns at once. */
  keep({ organization, project }: Principal, callId: CallId, stored: StoredResponse): void {
    const responseId = String(stored.response['id']);
    const json = JSON.stringify(stored);
    if (responseId.length > MAX_ID_CHARACTERS || json.length > MAX_STORED_BYTES) return;
    const names = { callId, organizationId: organization.id, projectId: project.id, responseId };
    this.recent.set(keyOf(project.id, responseId), json, Date.now());
    this.bodies.offerResponse(names, Buffer.from(json));
  }

  /** @throws AppError 404 for a response that the caller's project has not, 503 where that cannot be known */
  async find(principal: Principal, responseId: string): Promise<StoredResponse> {
    const json =
      this.recent.get(keyOf(principal.project.id, responseId), Date.now()) ??
      (await this.ask(principal, responseId, '/context'));
    // Guarantee: it is what `keep` has written, here or in another process.
    return JSON.parse(json) as StoredResponse;
  }

  /** @returns the input items as the control plane lists them, JSON */
  inputItems(principal: Principal, responseId: string, query: string): Promise<string> {
    return this.ask(principal, responseId, `/input_items${query}`);
  }

  /** @returns what the client is told, JSON */
  delete(principal: Principal, responseId: string): Promise<string> {
    this.recent.delete(keyOf(principal.project.id, responseId));
    return this.ask(principal, responseId, '', 'DELETE');
  }

  /** Asks again for a while: a response takes a moment from its client to where all gateways find it. */
  private async ask(
    principal: Principal,
    responseId: string,
    what: string,
    method: 'GET' | 'DELETE' = 'GET',
  ): Promise<string> {
    const path = `/responses/${encodeURIComponent(responseId)}${what}`;
    for (const waitMs of WAITS_MS) {
      try {
        return await this.controlPlane.ask(principal, path, method);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      }
      await sleep(waitMs);
    }
    return this.controlPlane.ask(principal, path, method);
  }
}

function keyOf(projectId: string, responseId: string): string {
  return `${projectId}/${responseId}`;
}
