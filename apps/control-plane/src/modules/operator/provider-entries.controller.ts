import { Controller } from '@nestjs/common';
import type {
  CreateProviderEntryInput,
  ProviderEntry,
  UpdateProviderEntryInput,
} from '@trunkline/contracts/control-plane';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, Params, Route } from '../../http/route.js';
import {
  createProviderEntry,
  deleteProviderEntry,
  listProviderEntries,
  updateProviderEntry,
} from './provider-entries.js';

interface EntryPath {
  entryId: string;
}

@Controller()
export class ProviderEntriesController {
  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
  ) {}

  @Route('listProviderEntries')
  list(): Promise<{ items: ProviderEntry[] }> {
    return listProviderEntries(this.database);
  }

  @Route('createProviderEntry')
  create(
    @CurrentActor() actor: Actor,
    @BodyOf('createProviderEntry') input: CreateProviderEntryInput,
  ): Promise<ProviderEntry> {
    return createProviderEntry(this.database, this.config.masterKeys, actor, input);
  }

  @Route('updateProviderEntry')
  update(
    @CurrentActor() actor: Actor,
    @Params('updateProviderEntry') { entryId }: EntryPath,
    @BodyOf('updateProviderEntry') input: UpdateProviderEntryInput,
  ): Promise<ProviderEntry> {
    return updateProviderEntry(this.database, this.config.masterKeys, actor, entryId, input);
  }

  @Route('deleteProviderEntry')
  delete(@CurrentActor() actor: Actor, @Params('deleteProviderEntry') { entryId }: EntryPath): Promise<void> {
    return deleteProviderEntry(this.database, actor, entryId);
  }
}
