import { Controller } from '@nestjs/common';
import type {
  CreatePolicyInput,
  ListPoliciesQuery,
  PageQuery,
  Policy,
  PolicyVersion,
  PublishPolicyInput,
  SavePolicyVersionInput,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, QueryOf, Route } from '../../http/route.js';
import { archivePolicy } from './archive-policy.js';
import { createPolicy } from './create-policy.js';
import { listPolicyVersions } from './list-policy-versions.js';
import { publishPolicy } from './publish-policy.js';
import { getPolicy, listPolicies } from './read-policies.js';
import { savePolicyVersion } from './save-policy-version.js';

interface PolicyPath {
  policyId: string;
}

@Controller()
export class PoliciesController {
  constructor(private readonly database: Database) {}

  @Route('listPolicies')
  list(
    @CurrentMember() actor: MemberActor,
    @QueryOf('listPolicies') query: ListPoliciesQuery,
  ): Promise<{ items: Policy[] }> {
    return listPolicies(this.database, actor, query);
  }

  @Route('createPolicy')
  create(
    @CurrentMember() actor: MemberActor,
    @BodyOf('createPolicy') input: CreatePolicyInput,
  ): Promise<Policy> {
    return createPolicy(this.database, actor, input);
  }

  @Route('getPolicy')
  get(@CurrentMember() actor: MemberActor, @Params('getPolicy') { policyId }: PolicyPath): Promise<Policy> {
    return getPolicy(this.database, actor, policyId);
  }

  @Route('listPolicyVersions')
  versions(
    @CurrentMember() actor: MemberActor,
    @Params('listPolicyVersions') { policyId }: PolicyPath,
    @QueryOf('listPolicyVersions') query: PageQuery,
  ): Promise<{ items: PolicyVersion[]; nextCursor: string | null }> {
    return listPolicyVersions(this.database, actor, policyId, query);
  }

  @Route('savePolicyVersion')
  save(
    @CurrentMember() actor: MemberActor,
    @Params('savePolicyVersion') { policyId }: PolicyPath,
    @BodyOf('savePolicyVersion') input: SavePolicyVersionInput,
  ): Promise<PolicyVersion> {
    return savePolicyVersion(this.database, actor, policyId, input);
  }

  @Route('publishPolicy')
  publish(
    @CurrentMember() actor: MemberActor,
    @Params('publishPolicy') { policyId }: PolicyPath,
    @BodyOf('publishPolicy') { version }: PublishPolicyInput,
  ): Promise<Policy> {
    return publishPolicy(this.database, actor, policyId, version);
  }

  @Route('archivePolicy')
  archive(
    @CurrentMember() actor: MemberActor,
    @Params('archivePolicy') { policyId }: PolicyPath,
  ): Promise<void> {
    return archivePolicy(this.database, actor, policyId);
  }
}
