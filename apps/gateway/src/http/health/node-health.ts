import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { GatewayConfig } from '../../config/environment.js';
import { ProcessHealth } from './process-health.js';

const ASK_TIMEOUT_MS = 1_000;

export interface Health {
  readonly ok: boolean;
  readonly reasons: readonly string[];
}

/** Speaks for all gateway processes of this node: a client of the shared port reaches a random one. */
@Injectable()
export class NodeHealth implements OnApplicationShutdown {
  private readonly agent = new Agent({ connect: { timeout: ASK_TIMEOUT_MS } });

  constructor(
    private readonly config: GatewayConfig,
    private readonly own: ProcessHealth,
  ) {}

  live(): Promise<Health> {
    return this.all('healthz', () => ({ ok: true, reasons: [] }));
  }

  ready(): Promise<Health> {
    return this.all('readyz', () => this.own.ready());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async all(path: string, own: () => Health): Promise<Health> {
    const { slot, processes, adminPortBase } = this.config.node;
    const slots = Array.from({ length: processes }, (_, index) => index);
    const answers = await Promise.all(
      slots.map(async (other) =>
        other === slot ? own() : this.ask(`http://127.0.0.1:${adminPortBase + other}/${path}`),
      ),
    );
    const reasons = answers.flatMap(({ reasons: named }, index) =>
      named.map((reason) => `process ${index}: ${reason}`),
    );
    return { ok: answers.every(({ ok }) => ok), reasons };
  }

  private async ask(url: string): Promise<Health> {
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: this.agent,
        headersTimeout: ASK_TIMEOUT_MS,
        bodyTimeout: ASK_TIMEOUT_MS,
      });
      const text = await body.text();
      return statusCode === 200 ? { ok: true, reasons: [] } : { ok: false, reasons: reasonsIn(text) };
    } catch {
      return { ok: false, reasons: ['does not answer'] };
    }
  }
}

function reasonsIn(text: string): string[] {
  try {
    const { reasons } = JSON.parse(text) as { reasons?: unknown };
    return Array.isArray(reasons) ? reasons.map(String) : ['not ready'];
  } catch {
    return ['not ready'];
  }
}
