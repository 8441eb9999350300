import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Organization } from '@trunkline/contracts/control-plane';
import { createTestDatabase } from '@trunkline/testing';
import type { ControlPlaneConfig } from '../../src/config/environment.js';
import { createApp } from '../../src/create-app.js';
import { Database } from '../../src/database/database.module.js';
import { testConfig } from './test-config.js';
import { Visitor } from './visitor.js';

export interface TestControlPlane {
  app: NestFastifyApplication;
  config: ControlPlaneConfig;
  client: Database['client'];
  visitor(): Visitor;
  /** Somebody who has signed up and owns an organization. */
  owner(name: string): Promise<{ visitor: Visitor; email: string; organization: Organization }>;
  /** Texts of the mails so far, oldest first. */
  mails(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The control plane over a database of its own. */
export async function startControlPlane(variables: Record<string, string> = {}): Promise<TestControlPlane> {
  const database = await createTestDatabase();
  const mailbox = await mkdtemp(join(tmpdir(), 'mailbox-'));
  const config = testConfig({ DATABASE_URL: database.url, MAILBOX_DIR: mailbox, ...variables });
  const app = await createApp(config);
  const visitor = () => new Visitor(app, config.urls.dashboard);
  return {
    app,
    config,
    client: app.get(Database).client,
    visitor,
    async owner(name) {
      const person = visitor();
      const { email } = await person.signUp(name);
      const organization = await person.get<Organization>('createOrganization', {
        body: { name: `${name}'s` },
      });
      return { visitor: person, email, organization };
    },
    async mails() {
      const files = (await readdir(mailbox)).filter((file) => file.endsWith('.eml')).toSorted();
      return Promise.all(files.map((file) => readFile(join(mailbox, file), 'utf8')));
    },
    async stop() {
      await app.close();
      await database.drop();
      await rm(mailbox, { recursive: true });
    },
  };
}
