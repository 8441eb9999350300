import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { hashApiKey, type MasterKeys, readMasterKeys, verifyPlaygroundToken } from '@trunkline/secrets';
import type { RedisChannel } from '../channels/redis-channel.js';
import { GatewayConfig } from '../config/environment.js';
import { type CatalogSnapshot, type KeyLookup, Projections } from '../pipeline/ports.js';
import type { OutboxEffects } from './apply-outbox.js';
import { catalogSnapshot } from './catalog-snapshot.js';
import { Credentials } from './credentials.js';
import { DiskSnapshot } from './disk-snapshot.js';
import { GatewayDatabase } from './gateway-database.js';
import { KeyLookups } from './key-lookup.js';
import { OutboxFollower } from './outbox-follower.js';
import { hearRevisions } from './projection-channel.js';
import { ProjectionState } from './state.js';

/** Changes within this time are written to disk together. */
const SAVE_AFTER_MS = 200;
/** An unchanged snapshot is written again after this time, since its age is counted from when it was last right. */
const CONFIRM_EVERY_MS = 600_000;

/** With a snapshot at hand, Postgres gets this long to say what is newer. */
const FIRST_READ_MS = 2_000;

const EMPTY_CATALOG = catalogSnapshot({ models: [], offers: [], names: [], prices: [], entries: [] }, 0n);

/** What the control plane publishes, kept current from Postgres and, while that is away, from disk. */
@Injectable()
export class LiveProjections extends Projections implements OnModuleInit, OnModuleDestroy {
  private state: ProjectionState | null = null;
  private readonly keys: MasterKeys;
  private readonly lookups: KeyLookups;
  private readonly credentials: Credentials;
  private readonly disk: DiskSnapshot;
  private readonly follower: OutboxFollower;
  private channel: RedisChannel | null = null;
  private saveTimer: NodeJS.Timeout | null = null;
  private saving: Promise<void> = Promise.resolve();
  private savedMs = 0;
  private isStopping = false;
  private readonly creditListeners: ((walletIds: string[]) => void)[] = [];

  constructor(
    private readonly config: GatewayConfig,
    private readonly logger: Logger,
    database: GatewayDatabase,
  ) {
    super();
    this.keys = readMasterKeys(config.masterKey);
    this.lookups = new KeyLookups(database, Date.now);
    this.disk = new DiskSnapshot(config.node.stateDir, config.node.slot);
    this.credentials = new Credentials(this.keys, (credentialId, error) =>
      logger.error('a provider credential cannot be decrypted', { credentialId, error }),
    );
    this.follower = new OutboxFollower({
      database,
      logger,
      onState: (state) => this.use(state),
      onEffects: (effects) => this.follow(effects),
      onRead: (changed) => {
        if (changed || Date.now() - this.savedMs > CONFIRM_EVERY_MS) this.saveSoon();
      },
    });
  }

  /** Starts from disk where there is a snapshot, so that nobody waits for a Postgres that is away. */
  async onModuleInit(): Promise<void> {
    const rows = await this.disk.load(Date.now());
    if (rows) this.use(new ProjectionState(rows));
    this.channel = hearRevisions(this.config.redisUrl, (revision) => this.follower.wake(revision));
    const started = this.follower.start();
    await (rows ? Promise.race([started, sleep(FIRST_READ_MS, undefined, { ref: false })]) : started);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.channel?.close();
    await this.follower.stop();
    // What is being written has its folder until it is.
    await this.saving;
    if (this.saveTimer) {
      clearTimeout(this.saveTimer);
      await this.save();
    }
  }

  override findKey(key: string): KeyLookup | Promise<KeyLookup> {
    if (!this.state) return { kind: 'unavailable' };
    const { tenants } = this.state;
    const hash = hashApiKey(key);
    const known = tenants.key(hash);
    const principal = known ? tenants.principalOfKey(known) : null;
    return principal ? { kind: 'found', principal } : this.lookups.find(hash, tenants);
  }

  override findPlayground(token: string): KeyLookup {
    const claims = verifyPlaygroundToken(token, this.keys, Date.now());
    if (!claims) return { kind: 'unknown' };
    if (!this.state) return { kind: 'unavailable' };
    const { organizationId, projectId, memberId } = claims;
    const principal = this.state.tenants.principalOfMember(organizationId, projectId, memberId);
    return principal ? { kind: 'found', principal } : { kind: 'unknown' };
  }

  override catalog(): CatalogSnapshot {
    return this.state?.snapshot ?? EMPTY_CATALOG;
  }

  override credential(id: string): string | null {
    return this.credentials.get(id);
  }

  override notReady(): string[] {
    return this.state
      ? []
      : ['projections are not loaded: Postgres is away and the disk holds no recent snapshot'];
  }

  /** Calls back with wallets whose credited sum moved. */
  onCredit(listener: (walletIds: string[]) => void): void {
    this.creditListeners.push(listener);
  }

  private use(state: ProjectionState): void {
    this.state = state;
    this.credentials.replace(state.catalogParts.entries);
  }

  private follow(effects: OutboxEffects): void {
    for (const hash of effects.keyHashes) this.lookups.forgetUnknown(hash);
    if (this.state) this.credentials.replace(this.state.catalogParts.entries);
    if (effects.wallets.length > 0) for (const listener of this.creditListeners) listener(effects.wallets);
  }

  private saveSoon(): void {
    this.saveTimer ??= setTimeout(
      () => {
        this.saveTimer = null;
        this.saving = this.saving.then(() => this.save());
      },
      SAVE_AFTER_MS + this.config.node.slot * 20,
    );
  }

  private async save(): Promise<void> {
    if (!this.state) return;
    try {
      const isWritten = await this.disk.save(this.state.rows(), Date.now());
      this.savedMs = Date.now();
      // Who was slower may have put an older one over it.
      if (isWritten && !this.isStopping) this.saveSoon();
    } catch (error) {
      this.logger.warn('the snapshot of the projections cannot be written', { error });
    }
  }
}
