import { Controller } from '@nestjs/common';
import type {
  GrantCreditInput,
  ListTenantsQuery,
  PlatformLedger,
  Tenant,
  UpdateTenantInput,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, Params, QueryOf, Route } from '../../http/route.js';
import { getPlatformLedger } from './platform-ledger.js';
import { getTenant, grantCredit, listTenants, updateTenant } from './tenants.js';

interface TenantPath {
  organizationId: string;
}

@Controller()
export class TenantsController {
  constructor(private readonly database: Database) {}

  @Route('listTenants')
  list(
    @QueryOf('listTenants') query: ListTenantsQuery,
  ): Promise<{ items: Tenant[]; nextCursor: string | null }> {
    return listTenants(this.database, query);
  }

  @Route('getTenant')
  get(@Params('getTenant') { organizationId }: TenantPath): Promise<Tenant> {
    return getTenant(this.database, organizationId);
  }

  @Route('updateTenant')
  update(
    @CurrentActor() actor: Actor,
    @Params('updateTenant') { organizationId }: TenantPath,
    @BodyOf('updateTenant') input: UpdateTenantInput,
  ): Promise<Tenant> {
    return updateTenant(this.database, actor, organizationId, input);
  }

  @Route('grantCredit')
  grant(
    @CurrentActor() actor: Actor,
    @Params('grantCredit') { organizationId }: TenantPath,
    @BodyOf('grantCredit') input: GrantCreditInput,
  ): Promise<Tenant> {
    return grantCredit(this.database, actor, organizationId, input);
  }

  @Route('getPlatformLedger')
  ledger(): Promise<PlatformLedger> {
    return getPlatformLedger(this.database);
  }
}
