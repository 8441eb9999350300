import type { DevEnv } from './platform.js';

interface CreatedKey {
  id: string;
  secret: string;
}

/** The demo user, signed in through the dashboard's origin as a browser is. */
export class ControlPlane {
  private constructor(
    private readonly origin: string,
    private readonly cookie: string,
    private readonly organizationId: string,
  ) {}

  static async signIn(env: DevEnv): Promise<ControlPlane> {
    const origin = env['DASHBOARD_URL'] ?? '';
    const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: env['DEMO_EMAIL'], password: env['DEMO_PASSWORD'] }),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const me = (await (await fetch(`${origin}/api/me`, { headers: { cookie } })).json()) as {
      organizations: { id: string }[];
    };
    return new ControlPlane(origin, cookie, me.organizations[0]?.id ?? '');
  }

  async createKey(input: { name: string; [limit: string]: unknown }): Promise<CreatedKey> {
    const made = (await this.send('POST', '/api-keys', input)) as { apiKey: { id: string }; secret: string };
    return { id: made.apiKey.id, secret: made.secret };
  }

  async revokeKey(id: string): Promise<void> {
    await this.send('POST', `/api-keys/${id}/revoke`);
  }

  private async send(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.origin}/api/organizations/${this.organizationId}${path}`, {
      method,
      headers: { cookie: this.cookie, origin: this.origin, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
