import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { uuid } from '@trunkline/contracts';
import {
  controlPlaneRoutes,
  memberRole,
  type ControlPlaneRouteName,
  type RouteAccess,
} from '@trunkline/contracts/control-plane';
import type { FastifyRequest } from 'fastify';
import { Database } from '../database/database.module.js';
import { type Session, SignIn } from '../modules/sign-in/index.js';
import type { MemberActor } from './actor.js';
import { ApiError, invalidField, notFound } from './api-error.js';
import { ROUTE } from './route.js';

/** Lets a request through to a route only for whom the table of routes says. A route without a row is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
    private readonly database: Database,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<ControlPlaneRouteName | undefined>(ROUTE, context.getHandler());
    if (!name) throw notFound('route');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await this.admit(controlPlaneRoutes[name].access, request);
    return true;
  }

  private async admit(access: RouteAccess, request: FastifyRequest): Promise<void> {
    if (access === 'public') return;
    const session = await this.signIn.session(request);
    if (!session) throw new ApiError('unauthenticated', 'Log in first.');
    request.actor = session;
    if (access === 'operator' && !session.operator)
      throw new ApiError('forbidden', 'Only operators may do this.');
    if (access !== 'member' && access !== 'admin') return;
    request.memberActor = await this.memberOf(session, request.params);
    if (access === 'admin' && request.memberActor.role === 'member') {
      throw new ApiError('forbidden', 'Only owners and admins of the organization may do this.');
    }
  }

  private async memberOf(session: Session, params: unknown): Promise<MemberActor> {
    const { organizationId } = params as { organizationId?: unknown };
    const parsed = uuid.safeParse(organizationId);
    if (!parsed.success) throw invalidField('organizationId', 'organizationId is not an id');
    const member = await this.database.client.member.findUnique({
      where: { organizationId_userId: { organizationId: parsed.data, userId: session.userId } },
      select: { id: true, role: true },
    });
    // Whether an organization exists is told to its members alone.
    if (!member) throw notFound('organization');
    const role = memberRole.catch('member').parse(member.role);
    return { ...session, organizationId: parsed.data, memberId: member.id, role };
  }
}
