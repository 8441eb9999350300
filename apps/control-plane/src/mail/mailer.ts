import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@trunkline/observability';
import { createTransport, type Transporter } from 'nodemailer';
import { uuidv7 } from 'uuidv7';

/** A plain text mail. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends mails: by SMTP, or into a folder, one `.eml` file each. */
export abstract class Mailer {
  /** @throws Error when the mail could not be handed over */
  abstract send(mail: Mail): Promise<void>;
}

const SMTP_WAIT_MS = 10_000;

export class SmtpMailer extends Mailer {
  private readonly transport: Transporter;

  constructor(
    smtpUrl: string,
    private readonly from: string,
  ) {
    super();
    const url = new URL(smtpUrl);
    this.transport = createTransport({
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
      secure: url.protocol === 'smtps:',
      ...(url.username
        ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
        : {}),
      connectionTimeout: SMTP_WAIT_MS,
      greetingTimeout: SMTP_WAIT_MS,
      socketTimeout: SMTP_WAIT_MS,
    });
  }

  async send(mail: Mail): Promise<void> {
    await this.transport.sendMail({ from: this.from, ...mail });
  }
}

export class FolderMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
    private readonly logger: Logger,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    const { message } = await this.transport.sendMail({ from: this.from, ...mail });
    if (!Buffer.isBuffer(message)) throw new Error('the mail was not printed whole');
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // UUIDv7: the folder's listing is in the order of sending. A reader never sees half a mail.
    const path = join(this.folder, `${uuidv7()}.eml`);
    await writeFile(`${path}.part`, message, { mode: 0o600 });
    await rename(`${path}.part`, path);
    this.logger.info('a mail was put into the mailbox folder', { to: mail.to, subject: mail.subject, path });
  }
}
