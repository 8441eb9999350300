import type { OutboxKind } from '@trunkline/contracts';
import { forOrganization, inTransaction, Prisma, type Transaction, writeOutbox } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import type { Actor, MemberActor } from '../http/actor.js';
import { ApiError } from '../http/api-error.js';
import type { Database } from './database.module.js';

export interface AuditEntry {
  /** `<kind>.<verb>`, e.g. `api_key.revoke`. */
  action: string;
  targetKind: string;
  targetId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Of an operator's change; a member's is always of his organization. */
  organizationId?: string;
}

/** What a change leaves behind besides its rows. Written in its transaction, the outbox rows last. */
export interface Trail {
  audit(entry: AuditEntry): void;
  /** Gateways read this row again. */
  tell(kind: OutboxKind, id: string): void;
}

type Work<Result> = (tx: Transaction, trail: Trail) => Promise<Result>;

/**
 * Runs a member's change in one transaction that sees his organization's rows alone.
 * @param least the role that it takes
 * @throws ApiError `forbidden` for a lesser role
 */
export function changeAsMember<Result>(
  database: Database,
  actor: MemberActor,
  least: 'member' | 'admin' | 'owner',
  work: Work<Result>,
): Promise<Result> {
  requireRole(actor, least);
  const scoped = forOrganization(database.client, actor.organizationId);
  return inTransaction(scoped, (tx) => recorded(tx, actor, actor.organizationId, work));
}

/** Runs an operator's change in one transaction that sees everything. */
export async function changeAsOperator<Result>(
  database: Database,
  actor: Actor,
  work: Work<Result>,
): Promise<Result> {
  if (!actor.operator) throw new ApiError('forbidden', 'Only operators may do this.');
  return inTransaction(database.client, (tx) => recorded(tx, actor, null, work));
}

const RANK = { member: 0, admin: 1, owner: 2 };

/** @throws ApiError `forbidden` for a lesser role */
export function requireRole(actor: MemberActor, least: 'member' | 'admin' | 'owner'): void {
  if (RANK[actor.role] >= RANK[least]) return;
  throw new ApiError(
    'forbidden',
    least === 'owner' ? 'Only owners may do this.' : 'Only owners and admins may do this.',
  );
}

/** Who a change is written down for; the platform itself has neither user nor address. */
export interface Author {
  userId: string | null;
  ipAddress: string | null;
}

/**
 * Runs the work, then writes its audit rows and last its outbox rows, whose lock is held until the commit.
 * @throws Error when gateways are told of a change that nobody is written down for
 */
export async function recorded<Result>(
  tx: Transaction,
  author: Author,
  organizationId: string | null,
  work: Work<Result>,
): Promise<Result> {
  const entries: AuditEntry[] = [];
  const told = new Map<string, [OutboxKind, string]>();
  const result = await work(tx, {
    audit: (entry) => entries.push(entry),
    tell: (kind, id) => told.set(`${kind} ${id}`, [kind, id]),
  });
  if (told.size > 0 && entries.length === 0) throw new Error('a change takes an audit row');
  for (const entry of entries) await tx.auditEvent.create({ data: auditRow(entry, author, organizationId) });
  for (const [kind, id] of told.values()) await writeOutbox(tx, kind, id);
  return result;
}

function auditRow(entry: AuditEntry, author: Author, organizationId: string | null) {
  return {
    id: uuidv7(),
    organizationId: organizationId ?? entry.organizationId ?? null,
    actorUserId: author.userId,
    ipAddress: author.ipAddress,
    action: entry.action,
    targetKind: entry.targetKind,
    targetId: entry.targetId,
    before: entry.before ? toJson(entry.before) : Prisma.DbNull,
    after: entry.after ? toJson(entry.after) : Prisma.DbNull,
  };
}

/** Money and time as they stand in JSON; what is undefined stays out. */
function toJson(value: Record<string, unknown>): Prisma.InputJsonObject {
  const text = JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  );
  return JSON.parse(text) as Prisma.InputJsonObject;
}
