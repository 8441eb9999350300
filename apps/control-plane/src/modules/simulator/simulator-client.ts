import { Injectable } from '@nestjs/common';
import type { SetSimulatorFaultsInput, SimulatorFaultList } from '@trunkline/contracts/control-plane';
import { z } from 'zod';
import { ControlPlaneConfig } from '../../config/environment.js';
import { ApiError, notFound } from '../../http/api-error.js';

const WAIT_MS = 3_000;

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** What the simulator says of its faults; docs/simulator.md. */
const faultsView = z.object({
  known: z.array(z.object({ fault: z.string(), about: z.string() })),
  active: z.array(
    z.object({
      provider: optional(z.string()),
      model: optional(z.string()),
      fault: z.string(),
      options: z.record(z.string(), z.unknown()).default({}),
      happened: z.int().default(0),
    }),
  ),
});

/** Speaks to the control routes of the provider simulator. Outside the demo there is none. */
@Injectable()
export class SimulatorClient {
  constructor(private readonly config: ControlPlaneConfig) {}

  async list(): Promise<SimulatorFaultList> {
    return toList(await this.request('GET'));
  }

  async replace({ faults }: SetSimulatorFaultsInput): Promise<SimulatorFaultList> {
    return toList(await this.request('PUT', faults));
  }

  async clear(): Promise<void> {
    await this.request('DELETE');
  }

  private async request(method: 'GET' | 'PUT' | 'DELETE', body?: unknown): Promise<unknown> {
    const { simulator } = this.config;
    if (!simulator) throw notFound('route');
    const answer = await fetch(`${simulator.url}/__simulator/faults`, {
      method,
      headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WAIT_MS),
    }).catch((cause: unknown) => {
      throw new ApiError('service_unavailable', 'The provider simulator does not answer.', { cause });
    });
    const json: unknown = await answer.json().catch(() => null);
    if (answer.ok) return json;
    const refusal = z.object({ error: z.object({ message: z.string() }) }).safeParse(json);
    if (answer.status === 400 && refusal.success)
      throw new ApiError('invalid_request', refusal.data.error.message);
    throw new ApiError('service_unavailable', 'The provider simulator refused.', {
      cause: { status: answer.status, json },
    });
  }
}

const optionValue = z.union([z.string(), z.number(), z.boolean()]);

function toList(json: unknown): SimulatorFaultList {
  const { known, active } = faultsView.parse(json);
  return {
    known,
    items: active.map(({ provider, model, fault, options, happened }) => ({
      fault,
      happened,
      ...(provider === undefined ? {} : { provider }),
      ...(model === undefined ? {} : { model }),
      options: Object.fromEntries(
        Object.entries(options).flatMap(([name, value]) => {
          const parsed = optionValue.safeParse(value);
          return parsed.success ? [[name, parsed.data]] : [];
        }),
      ),
    })),
  };
}
