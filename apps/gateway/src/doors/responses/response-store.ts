import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { itemsAfter, type CallId, type ResponseItem, type StoredResponse } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { Principal } from '../../pipeline/ports.js';
import { ControlPlane } from '../../upstream/control-plane.js';
import { KeptBodies } from '../../usage/kept-bodies.js';
import { RecentResponses } from './recent-responses.js';

/** A larger one is not kept: its items may hold pictures. */
export const MAX_STORED_BYTES = 4 * 1024 * 1024;
const MAX_ID_CHARACTERS = 256;
const MAX_ITEMS = 1_000;
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
    const itemIds = itemIdsOf(stored);
    if (json.length > MAX_STORED_BYTES || itemIds.length > MAX_ITEMS) return;
    if ([responseId, ...itemIds].some((id) => id.length > MAX_ID_CHARACTERS)) return;
    const names = { callId, organizationId: organization.id, projectId: project.id, responseId, itemIds };
    this.recent.set(keyOf(project.id, responseId), { json, itemIds }, Date.now());
    this.bodies.offerResponse(names, Buffer.from(json));
  }

  /** Keeps what a response of the background begins with; how it ends takes its place. Returns at once. */
  keepBegun({ organization, project }: Principal, callId: CallId, stored: StoredResponse): void {
    const json = JSON.stringify(stored);
    if (json.length > MAX_STORED_BYTES) return;
    const responseId = String(stored.response['id']);
    const whose = { callId, organizationId: organization.id, projectId: project.id };
    this.bodies.offerResponse({ ...whose, responseId, itemIds: [], isBegun: true }, Buffer.from(json));
  }

  /** @throws AppError 404 for a response that the caller's project has not, 503 where that cannot be known */
  async find(principal: Principal, responseId: string): Promise<StoredResponse> {
    const json =
      this.recent.get(keyOf(principal.project.id, responseId), Date.now()) ??
      (await this.ask(principal, responseId, '/context'));
    // Guarantee: it is what `keep` has written, here or in another process.
    return JSON.parse(json) as StoredResponse;
  }

  /**
   * Items that answers gave, by their ids; those that are not known are missing.
   * @throws AppError 503 where that cannot be known
   */
  async findItems(principal: Principal, ids: readonly string[]): Promise<Map<string, ResponseItem>> {
    const found = new Map<string, ResponseItem>();
    const add = (items: readonly ResponseItem[]) => {
      for (const item of items) if (ids.includes(String(item['id']))) found.set(String(item['id']), item);
    };
    const prefix = keyOf(principal.project.id, '');
    for (const json of this.recent.having(prefix, ids, Date.now()))
      add(outputOf(JSON.parse(json) as StoredResponse));
    for (const waitMs of [0, ...WAITS_MS]) {
      const missing = ids.filter((id) => !found.has(id));
      if (missing.length === 0) break;
      await sleep(waitMs);
      const query = missing.map((id) => `id=${encodeURIComponent(id)}`).join('&');
      const { items } = JSON.parse(await this.controlPlane.ask(principal, `/response_items?${query}`)) as {
        items: ResponseItem[];
      };
      add(items);
    }
    return found;
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

function outputOf({ response }: StoredResponse): ResponseItem[] {
  return itemsAfter({ items: [], response });
}

function itemIdsOf(stored: StoredResponse): string[] {
  return outputOf(stored).flatMap(({ id }) => (typeof id === 'string' && id !== '' ? [id] : []));
}

function keyOf(projectId: string, responseId: string): string {
  return `${projectId}/${responseId}`;
}
