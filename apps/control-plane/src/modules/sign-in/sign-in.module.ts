import { Global, Module } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { ControlPlaneConfig } from '../../config/environment.js';
import { Database } from '../../database/database.module.js';
import { Mailer } from '../../mail/mailer.js';
import { createSignIn, SignIn } from './sign-in.js';

@Global()
@Module({
  providers: [
    {
      provide: SignIn,
      inject: [ControlPlaneConfig, Database, Mailer, Logger],
      useFactory: (config: ControlPlaneConfig, { client }: Database, mailer: Mailer, logger: Logger) =>
        createSignIn({ config, client, mailer, logger }),
    },
  ],
  exports: [SignIn],
})
export class SignInModule {}
