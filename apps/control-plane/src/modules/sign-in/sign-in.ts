import type { PrismaClient } from '@trunkline/prisma';
import type { FastifyRequest } from 'fastify';
import { fromNodeHeaders } from 'better-auth/node';
import type { Actor } from '../../http/actor.js';
import { ApiError } from '../../http/api-error.js';
import { readiness } from '../../database/readiness.js';
import { type Auth, type AuthParts, CLIENT_ADDRESS_HEADER, createAuth } from './auth.js';

/** Organizations that one account may be in before it can make no more. */
export const MAX_ORGANIZATIONS = 20;

/** The session behind a request's cookie. */
export interface Session extends Actor {
  activeOrganizationId: string | null;
  twoFactorEnabled: boolean;
  createdAt: Date;
}

/** The sign-in library as the rest of the control plane sees it. */
export class SignIn {
  constructor(
    readonly auth: Auth,
    private readonly client: PrismaClient,
  ) {}

  /** Null without a valid session, also when its user is banned. */
  async session(request: FastifyRequest): Promise<Session | null> {
    if (!request.headers.cookie) return null;
    const found = await this.auth.api.getSession({ headers: headersOf(request) }).catch((cause: unknown) => {
      // It reads two rows and nothing else, and hides why it could not.
      throw new ApiError('service_unavailable', 'The database does not answer. Try again in a moment.', {
        cause,
      });
    });
    if (!found || found.user.banned) return null;
    const { user, session } = found;
    return {
      userId: user.id,
      sessionId: session.id,
      name: user.name,
      email: user.email,
      emailVerified: user.emailVerified,
      operator: user.role === 'operator',
      ipAddress: request.ip,
      activeOrganizationId: session.activeOrganizationId ?? null,
      twoFactorEnabled: user.twoFactorEnabled ?? false,
      createdAt: user.createdAt,
    };
  }

  async isDatabaseReady(): Promise<boolean> {
    return (await readiness(this.client)).ready;
  }

  /**
   * Makes an organization that the actor owns, and his session's active one.
   * @returns null when the actor has as many as he may have
   */
  async createOrganization(
    actor: Actor,
    organization: { name: string; slug: string },
  ): Promise<{ organizationId: string; memberId: string } | null> {
    const owned = await this.client.member.count({ where: { userId: actor.userId } });
    if (owned >= MAX_ORGANIZATIONS) return null;
    const created = await this.auth.api.createOrganization({
      body: { ...organization, userId: actor.userId },
    });
    const member = created.members.find((row) => row?.userId === actor.userId);
    if (!member) throw new Error('the sign-in library made an organization without its owner');
    await this.client.session.updateMany({
      where: { id: actor.sessionId },
      data: { activeOrganizationId: created.id },
    });
    return { organizationId: created.id, memberId: member.id };
  }

  /** Makes an account, or gives the one with this address that password; its old sessions end when it changes. */
  async ensureUser(user: {
    email: string;
    password: string;
    name: string;
    operator: boolean;
  }): Promise<string> {
    const context = await this.auth.$context;
    const email = user.email.toLowerCase();
    const role = user.operator ? 'operator' : 'user';
    const found = await context.internalAdapter.findUserByEmail(email, { includeAccounts: true });
    if (!found) {
      const hash = await context.password.hash(user.password);
      const made = await context.internalAdapter.createUser({
        email,
        name: user.name,
        emailVerified: true,
        role,
      });
      await context.internalAdapter.linkAccount({
        userId: made.id,
        providerId: 'credential',
        accountId: made.id,
        password: hash,
      });
      return made.id;
    }
    const userId = found.user.id;
    const account = found.accounts.find(({ providerId }) => providerId === 'credential');
    const isSame = account?.password
      ? await context.password.verify({ hash: account.password, password: user.password })
      : false;
    await this.client.user.updateMany({ where: { id: userId, NOT: { role } }, data: { role } });
    if (isSame) return userId;
    const password = await context.password.hash(user.password);
    if (account) await context.internalAdapter.updatePassword(userId, password);
    else
      await context.internalAdapter.linkAccount({
        userId,
        providerId: 'credential',
        accountId: userId,
        password,
      });
    await this.client.session.deleteMany({ where: { userId } });
    return userId;
  }
}

/** Headers for the sign-in library, with the client's address as Fastify knows it and no other. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = fromNodeHeaders(request.headers);
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  return headers;
}

export function createSignIn(parts: AuthParts): SignIn {
  return new SignIn(createAuth(parts), parts.client);
}
