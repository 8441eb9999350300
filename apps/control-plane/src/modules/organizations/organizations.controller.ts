import { Controller } from '@nestjs/common';
import type {
  CreateOrganizationInput,
  Me,
  Onboarding,
  Organization,
  Platform,
  RenameOrganizationInput,
  SwitchOrganizationInput,
} from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor, CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Route } from '../../http/route.js';
import { SignIn } from '../sign-in/index.js';
import { createOrganization } from './create-organization.js';
import { getMe } from './get-me.js';
import { getOnboarding } from './get-onboarding.js';
import { getOrganization } from './get-organization.js';
import { describePlatform } from './platform.js';
import { renameOrganization } from './rename-organization.js';
import { switchOrganization } from './switch-organization.js';

@Controller()
export class OrganizationsController {
  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
    private readonly signIn: SignIn,
  ) {}

  @Route('getPlatform')
  platform(): Promise<Platform> {
    return describePlatform(this.database, this.config);
  }

  @Route('getMe')
  me(@CurrentActor() actor: Actor): Promise<Me> {
    return getMe(this.database, this.config, actor);
  }

  @Route('switchOrganization')
  switch(
    @CurrentActor() actor: Actor,
    @BodyOf('switchOrganization') input: SwitchOrganizationInput,
  ): Promise<Me> {
    return switchOrganization(this.database, this.config, actor, input);
  }

  @Route('createOrganization')
  create(
    @CurrentActor() actor: Actor,
    @BodyOf('createOrganization') input: CreateOrganizationInput,
  ): Promise<Organization> {
    return createOrganization(
      { database: this.database, signIn: this.signIn, config: this.config },
      actor,
      input,
    );
  }

  @Route('getOrganization')
  get(@CurrentMember() actor: MemberActor): Promise<Organization> {
    return getOrganization(this.database, actor);
  }

  @Route('renameOrganization')
  rename(
    @CurrentMember() actor: MemberActor,
    @BodyOf('renameOrganization') input: RenameOrganizationInput,
  ): Promise<Organization> {
    return renameOrganization(this.database, actor, input);
  }

  @Route('getOnboarding')
  onboarding(@CurrentMember() actor: MemberActor): Promise<Onboarding> {
    return getOnboarding(this.database, actor);
  }
}
