import { Controller } from '@nestjs/common';
import type { AuditEvent, ListAuditEventsQuery } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { QueryOf, Route } from '../../http/route.js';
import { listAuditEvents } from './list-audit-events.js';

interface AuditPage {
  items: AuditEvent[];
  nextCursor: string | null;
}

@Controller()
export class AuditController {
  constructor(private readonly database: Database) {}

  @Route('listAuditEvents')
  list(
    @CurrentMember() { organizationId }: MemberActor,
    @QueryOf('listAuditEvents') query: ListAuditEventsQuery,
  ): Promise<AuditPage> {
    return listAuditEvents(this.database.client, organizationId, query);
  }

  @Route('listPlatformAuditEvents')
  listAll(@QueryOf('listPlatformAuditEvents') query: ListAuditEventsQuery): Promise<AuditPage> {
    return listAuditEvents(this.database.client, null, query);
  }
}
