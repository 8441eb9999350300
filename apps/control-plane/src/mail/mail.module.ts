import { Global, Module } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { ControlPlaneConfig } from '../config/environment.js';
import { FolderMailer, Mailer, SmtpMailer } from './mailer.js';

@Global()
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [ControlPlaneConfig, Logger],
      useFactory: ({ mail }: ControlPlaneConfig, logger: Logger): Mailer =>
        mail.smtpUrl
          ? new SmtpMailer(mail.smtpUrl, mail.from)
          : new FolderMailer(mail.mailboxDir, mail.from, logger),
    },
  ],
  exports: [Mailer],
})
export class MailModule {}
