import { deriveKey } from '@trunkline/secrets';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { admin } from 'better-auth/plugins/admin';
import { adminAc, userAc } from 'better-auth/plugins/admin/access';
import { organization } from 'better-auth/plugins/organization';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { uuidv7 } from 'uuidv7';
import type { Logger } from '@trunkline/observability';
import type { PrismaClient } from '@trunkline/prisma';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Mailer } from '../../mail/mailer.js';
import { alreadySignedUpMail, passwordResetMail, verificationMail } from '../../mail/mails.js';
import { recordAcceptedInvitation } from './accepted-invitation.js';
import { DISABLED_PATHS } from './disabled-paths.js';
import { limitLogIns, rateLimitRules, rateLimitStore } from './rate-limits.js';
import { refuseUninvited } from './sign-up-rule.js';
import { tellOutages } from './tell-outages.js';
import { trustedOrigins } from './trusted-origins.js';

export interface AuthParts {
  config: ControlPlaneConfig;
  client: PrismaClient;
  mailer: Mailer;
  logger: Logger;
}

/** Header in which the address of the client, as Fastify knows it, is handed to the sign-in library. */
export const CLIENT_ADDRESS_HEADER = 'x-trunkline-client-address';

const DAY_SECONDS = 24 * 60 * 60;

/** The sign-in library: sessions, passwords, two-factor, organizations. Its routes are below `/api/auth`. */
export function createAuth({ config, client, mailer, logger }: AuthParts) {
  const send = (mail: Parameters<Mailer['send']>[0]) =>
    mailer
      .send(mail)
      .catch((error: unknown) => logger.error('a mail could not be sent', { subject: mail.subject, error }));
  const limits = rateLimitStore(client);
  return betterAuth({
    appName: 'Trunkline',
    baseURL: config.urls.dashboard,
    basePath: '/api/auth',
    // The key's short id is its version, so that a rotated key still opens what it sealed.
    secrets: config.masterKeys.map((key) => ({
      version: Number.parseInt(key.id, 16),
      value: deriveKey(key, 'sign-in').toString('base64url'),
    })),
    database: prismaAdapter(tellOutages(client), { provider: 'postgresql', transaction: true }),
    trustedOrigins: trustedOrigins(config),
    disabledPaths: DISABLED_PATHS,
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...details) =>
        level === 'error' ? logger.warn(message, { details }) : logger.debug(message, { details }),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: config.signup.mode === 'closed',
      minPasswordLength: 10,
      maxPasswordLength: 256,
      autoSignIn: true,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, url }) => send(passwordResetMail(user.email, url)),
      onExistingUserSignUp: ({ user }) => send(alreadySignedUpMail(user.email, config.urls.dashboard)),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      sendVerificationEmail: ({ user, url }) => send(verificationMail(user.email, url)),
    },
    session: { expiresIn: 14 * DAY_SECONDS, updateAge: DAY_SECONDS },
    rateLimit: { enabled: true, window: 60, max: 300, customStorage: limits, customRules: rateLimitRules },
    hooks: { before: limitLogIns(limits) },
    databaseHooks: {
      user: {
        create: {
          before: (user, context) => refuseUninvited(client, config.signup.mode, user.email, context),
        },
      },
    },
    advanced: {
      cookiePrefix: 'trunkline',
      // Said outright: where NODE_ENV is `test` the library would leave both out.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      useSecureCookies: config.urls.dashboard.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => uuidv7() },
    },
    plugins: [
      organization({
        organizationLimit: 20,
        membershipLimit: 1_000,
        disableOrganizationDeletion: true,
        // Who can read an invitation's id is not thereby the invited person.
        requireEmailVerificationOnInvitation: true,
        organizationHooks: {
          afterAcceptInvitation: (accepted) => recordAcceptedInvitation(client, accepted),
        },
      }),
      admin({ defaultRole: 'user', adminRoles: ['operator'], roles: { operator: adminAc, user: userAc } }),
      twoFactor({ issuer: 'Trunkline' }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
