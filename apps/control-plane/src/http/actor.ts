import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { MemberRole } from '@trunkline/contracts/control-plane';
import type { FastifyRequest } from 'fastify';

/** Who is logged in. */
export interface Actor {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  operator: boolean;
  ipAddress: string | null;
}

/** An actor as a member of the organization in the route's path. */
export interface MemberActor extends Actor {
  organizationId: string;
  memberId: string;
  role: MemberRole;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor;
    memberActor?: MemberActor;
  }
}

function present<Value>(value: Value | undefined, what: string): Value {
  if (!value) throw new Error(`the route's access does not give it ${what}`);
  return value;
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** Who is logged in; for routes with access `session` and above. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  present(requestOf(context).actor, 'an actor'),
);

/** The member of the path's organization; for routes with access `member` and `admin`. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): MemberActor =>
  present(requestOf(context).memberActor, 'a member'),
);
