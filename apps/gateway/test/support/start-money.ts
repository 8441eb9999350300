import { NestFactory } from '@nestjs/core';
import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '../../src/config/config.module.js';
import type { GatewayConfig } from '../../src/config/environment.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { WalletRedis } from '../../src/limits/wallet-redis.js';
import {
  Admission,
  type AdmitInput,
  type AdmitResult,
  type Principal,
  Projections,
  Settlement,
} from '../../src/pipeline/ports.js';
import { ProjectionsModule } from '../../src/projections/projections.module.js';
import { NodeSpools } from '../../src/usage/spool/node-spools.js';
import { UsageModule } from '../../src/usage/usage.module.js';
import { WalletSettler } from '../../src/usage/wallet-settler.js';
import { uuidv7 } from 'uuidv7';
import { begunOf, endedOf } from './records.js';

/** Projections, limits and usage of one gateway process, without the rest of it. */
export interface MoneyParts {
  projections: Projections;
  admission: Admission;
  settlement: Settlement;
  redis: WalletRedis;
  spools: NodeSpools;
  settler: WalletSettler;
  /** Admits a call of a key. The forecast is 1,000 tokens at 1,000 nano-USD, the limit as many tokens as given. */
  admit(
    key: string,
    wishes?: Partial<AdmitInput>,
  ): Promise<AdmitResult & { callId: string; principal: Principal }>;
  /** Admits and settles a call that cost so much; answers what admission said. */
  call(key: string, costNanoUsd: bigint, wishes?: Partial<AdmitInput>): Promise<AdmitResult>;
  /** The same, with the call's id. */
  callWithId(
    key: string,
    costNanoUsd: bigint,
    wishes?: Partial<AdmitInput>,
  ): Promise<{ result: AdmitResult; callId: string }>;
  close(): Promise<void>;
}

@Module({})
class MoneyModule {
  static of(config: GatewayConfig): DynamicModule {
    return {
      module: MoneyModule,
      imports: [ConfigModule.of(config), ProjectionsModule, LimitsModule, UsageModule],
    };
  }
}

export async function startMoney(config: GatewayConfig): Promise<MoneyParts> {
  const app = await NestFactory.createApplicationContext(MoneyModule.of(config), { logger: ['error'] });
  const projections = app.get(Projections);
  const admission = app.get(Admission);
  const settlement = app.get(Settlement);

  const admit: MoneyParts['admit'] = async (key, wishes = {}) => {
    const lookup = await projections.findKey(key);
    if (lookup.kind !== 'found') throw new Error(`the key is ${lookup.kind}`);
    const { principal } = lookup;
    const callId = uuidv7();
    const result = await admission.admit({
      callId,
      principal,
      promptTokens: 10,
      promptCostNanoUsd: 0n,
      outputNanoUsdPerMillion: 1_000_000_000n,
      outputTokenLimit: 4_000,
      historyKey: 'test',
      begun: begunOf(callId, ownerOf(principal)),
      ...wishes,
    });
    return { ...result, callId, principal };
  };

  const callWithId: MoneyParts['callWithId'] = async (key, costNanoUsd, wishes) => {
    const result = await admit(key, wishes);
    if (result.kind === 'admitted') {
      const { lease, callId, principal } = result;
      await settlement.settle(lease, endedOf(callId, costNanoUsd, ownerOf(principal), lease.budgets));
    }
    return { result, callId: result.callId };
  };

  return {
    projections,
    admission,
    settlement,
    redis: app.get(WalletRedis),
    spools: app.get(NodeSpools),
    settler: app.get(WalletSettler),
    admit,
    call: async (key, costNanoUsd, wishes) => (await callWithId(key, costNanoUsd, wishes)).result,
    callWithId,
    close: () => app.close(),
  };
}

function ownerOf({ organization, project, key }: Principal) {
  return {
    walletId: organization.walletId,
    organizationId: organization.id,
    projectId: project.id,
    keyId: key?.id ?? '',
  };
}
