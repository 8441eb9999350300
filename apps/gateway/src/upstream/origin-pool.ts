import { Client, Dispatcher } from 'undici';

export interface OriginPoolOptions extends Client.Options {
  /** A connection takes no further request when it is older, milliseconds. */
  readonly connectionLifeMs: number;
}

/** A client of one connection, with one request at a time. */
interface Member {
  readonly client: Client;
  connectedMs: number;
  /** Where it stands among the idle ones; -1 while it has a request. */
  idleAt: number;
}

/**
 * As many connections to one origin as there are requests under way. undici's own pool looks at each of its connections
 * for every request, twice: with thousands of open streams that costs more than all else that a request costs.
 */
export class OriginPool extends Dispatcher {
  private readonly members = new Set<Member>();
  /** The one that was used last is taken first, so that those that are too many grow old and close. */
  private readonly idle: Member[] = [];
  private readonly clientOptions: Client.Options;
  private readonly connectionLifeMs: number;

  constructor(
    private readonly origin: string,
    { connectionLifeMs, ...clientOptions }: OriginPoolOptions,
  ) {
    super();
    this.connectionLifeMs = connectionLifeMs;
    this.clientOptions = { ...clientOptions, pipelining: 1 };
  }

  /** Connections that are open or about to be. */
  get size(): number {
    return this.members.size;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const member = this.takeIdle() ?? this.addMember();
    const mayHaveMore = member.client.dispatch(options, handler);
    // A request that was never one: its handler knows already, and no drain follows.
    if (!mayHaveMore && member.client.stats.size === 0) this.release(member);
    return true;
  }

  /** Ends all connections; requests under way fail. */
  override async destroy(): Promise<void> {
    this.idle.length = 0;
    await Promise.all([...this.members].map(({ client }) => client.destroy()));
    this.members.clear();
  }

  private takeIdle(): Member | null {
    const nowMs = Date.now();
    for (;;) {
      const member = this.idle.pop();
      if (!member) return null;
      member.idleAt = -1;
      if (nowMs - member.connectedMs <= this.connectionLifeMs) return member;
      this.retire(member);
    }
  }

  private addMember(): Member {
    const client = new Client(this.origin, this.clientOptions);
    const member: Member = { client, connectedMs: Date.now(), idleAt: -1 };
    this.members.add(member);
    client.on('connect', () => {
      member.connectedMs = Date.now();
    });
    client.on('drain', () => this.release(member));
    client.on('disconnect', () => {
      if (client.stats.size === 0) this.retire(member);
    });
    return member;
  }

  /** Its request is over. */
  private release(member: Member): void {
    const { connected, size } = member.client.stats;
    if (size > 0 || member.idleAt >= 0 || !this.members.has(member)) return;
    if (!connected) return this.retire(member);
    member.idleAt = this.idle.push(member) - 1;
  }

  private retire(member: Member): void {
    if (!this.members.delete(member)) return;
    this.leaveIdle(member);
    member.client.destroy(() => undefined);
  }

  private leaveIdle(member: Member): void {
    const { idleAt } = member;
    if (idleAt < 0) return;
    member.idleAt = -1;
    const last = this.idle.pop();
    if (!last || last === member) return;
    this.idle[idleAt] = last;
    last.idleAt = idleAt;
  }
}
