import { Controller } from '@nestjs/common';
import type {
  ApiKey,
  CreateApiKeyInput,
  CreatedApiKey,
  ListApiKeysQuery,
  UpdateApiKeyInput,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, QueryOf, Route } from '../../http/route.js';
import { createApiKey } from './create-api-key.js';
import { getApiKey, listApiKeys } from './read-api-keys.js';
import { revokeApiKey } from './revoke-api-key.js';
import { rotateApiKey } from './rotate-api-key.js';
import { updateApiKey } from './update-api-key.js';

interface KeyPath {
  apiKeyId: string;
}

@Controller()
export class ApiKeysController {
  constructor(private readonly database: Database) {}

  @Route('listApiKeys')
  list(
    @CurrentMember() actor: MemberActor,
    @QueryOf('listApiKeys') query: ListApiKeysQuery,
  ): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
    return listApiKeys(this.database, actor, query);
  }

  @Route('createApiKey')
  create(
    @CurrentMember() actor: MemberActor,
    @BodyOf('createApiKey') input: CreateApiKeyInput,
  ): Promise<CreatedApiKey> {
    return createApiKey(this.database, actor, input);
  }

  @Route('getApiKey')
  get(@CurrentMember() actor: MemberActor, @Params('getApiKey') { apiKeyId }: KeyPath): Promise<ApiKey> {
    return getApiKey(this.database, actor, apiKeyId);
  }

  @Route('updateApiKey')
  update(
    @CurrentMember() actor: MemberActor,
    @Params('updateApiKey') { apiKeyId }: KeyPath,
    @BodyOf('updateApiKey') input: UpdateApiKeyInput,
  ): Promise<ApiKey> {
    return updateApiKey(this.database, actor, apiKeyId, input);
  }

  @Route('revokeApiKey')
  revoke(
    @CurrentMember() actor: MemberActor,
    @Params('revokeApiKey') { apiKeyId }: KeyPath,
  ): Promise<ApiKey> {
    return revokeApiKey(this.database, actor, apiKeyId);
  }

  @Route('rotateApiKey')
  rotate(
    @CurrentMember() actor: MemberActor,
    @Params('rotateApiKey') { apiKeyId }: KeyPath,
  ): Promise<CreatedApiKey> {
    return rotateApiKey(this.database, actor, apiKeyId);
  }
}
