import { Controller } from '@nestjs/common';
import type {
  ChangeMemberRoleInput,
  Invitation,
  InviteMemberInput,
  Member,
} from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, Route } from '../../http/route.js';
import { Mailer } from '../../mail/mailer.js';
import { changeMemberRole } from './change-member-role.js';
import { cancelInvitation, inviteMember, listInvitations } from './invitations.js';
import { listMembers } from './list-members.js';
import { removeMember } from './remove-member.js';

@Controller()
export class MembersController {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly config: ControlPlaneConfig,
  ) {}

  @Route('listMembers')
  list(@CurrentMember() actor: MemberActor): Promise<{ items: Member[] }> {
    return listMembers(this.database, actor);
  }

  @Route('changeMemberRole')
  changeRole(
    @CurrentMember() actor: MemberActor,
    @Params('changeMemberRole') { memberId }: { memberId: string },
    @BodyOf('changeMemberRole') input: ChangeMemberRoleInput,
  ): Promise<Member> {
    return changeMemberRole(this.database, actor, memberId, input);
  }

  @Route('removeMember')
  remove(
    @CurrentMember() actor: MemberActor,
    @Params('removeMember') { memberId }: { memberId: string },
  ): Promise<void> {
    return removeMember(this.database, actor, memberId);
  }

  @Route('listInvitations')
  invitations(@CurrentMember() actor: MemberActor): Promise<{ items: Invitation[] }> {
    return listInvitations(this.database, actor);
  }

  @Route('inviteMember')
  invite(
    @CurrentMember() actor: MemberActor,
    @BodyOf('inviteMember') input: InviteMemberInput,
  ): Promise<Invitation> {
    return inviteMember({ database: this.database, mailer: this.mailer, config: this.config }, actor, input);
  }

  @Route('cancelInvitation')
  cancel(
    @CurrentMember() actor: MemberActor,
    @Params('cancelInvitation') { invitationId }: { invitationId: string },
  ): Promise<void> {
    return cancelInvitation(this.database, actor, invitationId);
  }
}
