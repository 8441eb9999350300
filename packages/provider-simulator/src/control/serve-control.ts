import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.js';
import { sendJson } from '../http/send-json.js';
import type { Simulator } from '../simulator.js';
import { controlOf, type SimulatorControl } from './control.js';
import { printMetrics } from './print-metrics.js';
import {
  BadSetting,
  parseFault,
  parseFaults,
  parseMode,
  parseRecording,
  parseScripts,
  queryNumber,
} from './parse-settings.js';

export interface ControlRequest {
  readonly simulator: Simulator;
  readonly token: string;
  /** Behind the prefix, without a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers the control API: to this machine alone, and with the token. */
export async function serveControl({
  simulator,
  token,
  path,
  query,
  request,
  response,
}: ControlRequest): Promise<void> {
  const body = await readBody(request);
  if (body === 'client_gone') return;
  if (!isLoopback(request.socket.remoteAddress)) {
    sendJson(response, 404, { error: { message: 'Not found' } });
    return;
  }
  if (!sameToken(request.headers.authorization, token)) {
    sendJson(response, 401, {
      error: { message: 'The control API needs "Authorization: Bearer <SIMULATOR_TOKEN>"' },
    });
    return;
  }
  try {
    if (request.method === 'GET' && path === 'metrics') {
      response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      response.end(printMetrics(controlOf(simulator).counts().totals));
      return;
    }
    const json = body === 'too_large' ? undefined : parseJson(body);
    const answer = answerControl(controlOf(simulator), `${request.method} ${path}`, query, json);
    if (answer === undefined)
      sendJson(response, 404, {
        error: { message: `No such route: ${request.method} ${path.slice(0, 200)}` },
      });
    else sendJson(response, 200, answer);
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    sendJson(response, 400, { error: { message: error.message } });
  }
}

const DONE = { ok: true };

function answerControl(
  control: SimulatorControl,
  route: string,
  query: URLSearchParams,
  json: unknown,
): unknown {
  switch (route) {
    case 'GET providers':
      return { providers: control.providers() };
    case 'GET faults':
      return control.faults();
    case 'PUT faults':
      control.setFaults(parseFaults(json));
      return control.faults();
    case 'DELETE faults':
      control.clearFaults();
      return DONE;
    case 'PUT scripts':
      control.setScripts(parseScripts(json));
      return DONE;
    case 'DELETE scripts':
      control.setScripts([]);
      return DONE;
    case 'GET calls':
      return control.calls({
        since: queryNumber(query, 'since') ?? 0,
        limit: queryNumber(query, 'limit') ?? 1_000,
      });
    case 'DELETE calls':
      control.clearCalls();
      return DONE;
    case 'GET counts':
      return control.counts(queryNumber(query, 'since'));
    case 'PUT recording':
      control.setRecording(parseRecording(json));
      return DONE;
    case 'PUT mode':
      return control.setMode(parseMode(json));
    case 'POST reset':
      control.reset();
      return DONE;
    default:
      return answerOne(control, route, json);
  }
}

function answerOne(control: SimulatorControl, route: string, json: unknown): unknown {
  const provider = /^(?:PUT|DELETE) faults\/([\w.-]{1,100}|\*)$/u.exec(route)?.[1];
  if (provider !== undefined) {
    if (route.startsWith('DELETE')) control.clearFaults(provider);
    else control.setFault(provider === '*' ? parseFault(json) : parseFault(json, provider));
    return control.faults();
  }
  const sequence = /^GET calls\/(\d{1,15})\/request$/u.exec(route)?.[1];
  return sequence === undefined ? undefined : control.request(Number(sequence));
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new BadSetting('the body is not JSON');
  }
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/u.test(address);
}

function sameToken(authorization: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}
