import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  controlPlaneRoutes,
  type ControlPlaneRouteName,
  errorAnswer,
  type RouteDefinition,
} from '@trunkline/contracts/control-plane';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  json: unknown;
}

interface RouteInput {
  params?: Record<string, string>;
  query?: Record<string, string | number | readonly string[]>;
  body?: unknown;
}

const PASSWORD = 'a long enough password';

/** A browser of one person: keeps cookies and tells its origin. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly origin = 'http://127.0.0.1:3000',
  ) {}

  async signUp(name: string): Promise<{ email: string; password: string }> {
    const email = `${name.toLowerCase()}-${Math.random().toString(36).slice(2)}@example.com`;
    const answer = await this.send('POST', '/api/auth/sign-up/email', { name, email, password: PASSWORD });
    if (answer.status !== 200)
      throw new Error(`sign-up answered ${answer.status}: ${JSON.stringify(answer.json)}`);
    return { email, password: PASSWORD };
  }

  signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.send('POST', '/api/auth/sign-in/email', { email, password });
  }

  /** Calls a route of the table and checks the answer against its schema, or against that of errors. */
  async call(name: ControlPlaneRouteName, input: RouteInput = {}): Promise<Answer> {
    const route: RouteDefinition = controlPlaneRoutes[name];
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(input.params?.[part] ?? ''),
    );
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(input.query ?? {})) {
      for (const item of [value].flat()) query.append(key, String(item));
    }
    const answer = await this.send(
      route.method,
      query.size > 0 ? `${path}?${query.toString()}` : path,
      input.body,
    );
    if (answer.status >= 400) errorAnswer.parse(answer.json);
    else if (answer.status !== 204) route.answer.parse(answer.json);
    if (answer.status < 400 && answer.status !== route.status)
      throw new Error(`${name} answered ${answer.status}`);
    return answer;
  }

  /** Calls a route that must succeed and gives its answer with the type that the caller knows it has. */
  async get<Body>(name: ControlPlaneRouteName, input: RouteInput = {}): Promise<Body> {
    const answer = await this.call(name, input);
    if (answer.status >= 400)
      throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer.json)}`);
    return answer.json as Body;
  }

  async send(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.app.inject({
      method: method as 'GET',
      url,
      headers: {
        origin: this.origin,
        ...(cookie ? { cookie } : {}),
        ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const { name, value } of response.cookies) {
      if (value) this.cookies.set(name, encodeURIComponent(value));
      else this.cookies.delete(name);
    }
    const isJson = response.headers['content-type']?.includes('json') ?? false;
    return {
      status: response.statusCode,
      headers: response.headers,
      json: isJson ? response.json<unknown>() : null,
    };
  }
}
