import { Controller } from '@nestjs/common';
import type {
  CreateOwnProviderInput,
  OwnProvider,
  OwnProviderChoices,
  OwnProviderTest,
  TestOwnProviderInput,
  UpdateOwnProviderInput,
} from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, Route } from '../../http/route.js';
import { createOwnProvider } from './create-own-provider.js';
import { deleteOwnProvider } from './delete-own-provider.js';
import { listOwnProviderChoices } from './list-own-provider-choices.js';
import { listOwnProviders } from './list-own-providers.js';
import { testOwnProvider } from './test-own-provider.js';
import { updateOwnProvider } from './update-own-provider.js';

interface EntryPath {
  entryId: string;
}

@Controller()
export class OwnProvidersController {
  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
  ) {}

  @Route('listOwnProviders')
  list(@CurrentMember() actor: MemberActor): Promise<{ items: OwnProvider[] }> {
    return listOwnProviders(this.database, actor);
  }

  @Route('listOwnProviderChoices')
  choices(): OwnProviderChoices {
    return listOwnProviderChoices();
  }

  @Route('createOwnProvider')
  create(
    @CurrentMember() actor: MemberActor,
    @BodyOf('createOwnProvider') input: CreateOwnProviderInput,
  ): Promise<OwnProvider> {
    return createOwnProvider(this.database, this.config, actor, input);
  }

  @Route('updateOwnProvider')
  update(
    @CurrentMember() actor: MemberActor,
    @Params('updateOwnProvider') { entryId }: EntryPath,
    @BodyOf('updateOwnProvider') input: UpdateOwnProviderInput,
  ): Promise<OwnProvider> {
    return updateOwnProvider(this.database, this.config.masterKeys, actor, { entryId, input });
  }

  @Route('deleteOwnProvider')
  delete(
    @CurrentMember() actor: MemberActor,
    @Params('deleteOwnProvider') { entryId }: EntryPath,
  ): Promise<void> {
    return deleteOwnProvider(this.database, actor, entryId);
  }

  @Route('testOwnProvider')
  test(
    @CurrentMember() actor: MemberActor,
    @Params('testOwnProvider') { entryId }: EntryPath,
    @BodyOf('testOwnProvider') input: TestOwnProviderInput,
  ): Promise<OwnProviderTest> {
    return testOwnProvider(this.database, this.config, actor, { entryId, input });
  }
}
