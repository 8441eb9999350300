import { Controller } from '@nestjs/common';
import type { CallBodies, CallDetail, CallPage, ListCallsQuery } from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { Params, QueryOf, Route } from '../../http/route.js';
import { getCall } from './get-call.js';
import { getCallBodies } from './get-call-bodies.js';
import { listCalls } from './list-calls.js';

@Controller()
export class CallsController {
  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
  ) {}

  @Route('listCalls')
  list(@CurrentMember() actor: MemberActor, @QueryOf('listCalls') query: ListCallsQuery): Promise<CallPage> {
    return listCalls(this.database, actor, query);
  }

  @Route('getCall')
  get(
    @CurrentMember() actor: MemberActor,
    @Params('getCall') { callId }: { callId: string },
  ): Promise<CallDetail> {
    return getCall(this.database, actor, callId);
  }

  @Route('getCallBodies')
  bodies(
    @CurrentMember() actor: MemberActor,
    @Params('getCallBodies') { callId }: { callId: string },
  ): Promise<CallBodies> {
    return getCallBodies(this.database, this.config, actor, callId);
  }
}
