import { Controller } from '@nestjs/common';
import type { PlaygroundToken } from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { Params, Route } from '../../http/route.js';
import { createPlaygroundToken } from './create-playground-token.js';

@Controller()
export class PlaygroundController {
  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
  ) {}

  @Route('createPlaygroundToken')
  create(
    @CurrentMember() actor: MemberActor,
    @Params('createPlaygroundToken') { projectId }: { projectId: string },
  ): Promise<PlaygroundToken> {
    return createPlaygroundToken(this.database, this.config, actor, projectId);
  }
}
