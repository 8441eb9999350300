import { CLOSE, END, HANG, head, RESET, type Step, wait, write } from '../../http/steps.js';
import type { FaultName } from '../fault-catalog.js';
import type { EarlyProgram, EarlyScene } from '../scene.js';

/** Steps of the faults that need no answer. */
export const EARLY_PROGRAMS: Partial<Record<FaultName, EarlyProgram>> = {
  refuse: () => [CLOSE],
  reset_before_headers: ({ options }) => [wait(options.delayMs ?? 0), RESET],
  no_answer: () => [HANG],
  keep_alives_only: keepAlivesOnly,
  html_200: () => [head(200, { 'content-type': 'text/html; charset=utf-8' }), write(PAGE), END],
  context_length_400: (scene) =>
    refuse(scene, scene.refusal({ kind: 'context_length', windowTokens: 8_192, promptTokens: 9_001 })),
  content_policy_400: (scene) => refuse(scene, scene.refusal({ kind: 'content_policy' })),
  huge_error_body: hugeErrorBody,
};

const PAGE =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser before you go on.</h1></body></html>\n';
const HUGE_BYTES = 8 * 1024 * 1024;

/** The steps of `status:<number>`. */
export function* refuseWithStatus(status: number, scene: EarlyScene): Generator<Step> {
  const { options } = scene;
  yield wait(options.delayMs ?? 0);
  const refusal = scene.refusal(
    options.quota === true ? { kind: 'quota_exhausted' } : { kind: 'status', status },
  );
  yield* refuse(scene, { ...refusal, headers: { ...refusal.headers, ...retryAfter(scene) } });
}

function* refuse(scene: EarlyScene, refusal: ReturnType<EarlyScene['refusal']>): Generator<Step> {
  yield head(refusal.status, {
    ...scene.headers,
    ...refusal.headers,
    'content-length': Buffer.byteLength(refusal.body),
  });
  yield write(refusal.body);
  yield END;
}

function retryAfter({ options }: EarlyScene): Record<string, string> {
  const { retryAfterMs, retryAfterForm = 'seconds' } = options;
  if (retryAfterMs === undefined) return {};
  if (retryAfterForm === 'ms') return { 'retry-after-ms': String(retryAfterMs) };
  if (retryAfterForm === 'date') return { 'retry-after': new Date(Date.now() + retryAfterMs).toUTCString() };
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
}

function* keepAlivesOnly({ options, stream, streamType, headers, keepAlive }: EarlyScene): Generator<Step> {
  yield head(200, {
    ...headers,
    'content-type': stream ? streamType : 'application/json',
  });
  for (;;) {
    // Before a plain answer providers send empty lines, which JSON takes as white space.
    yield write(stream ? keepAlive : '\n');
    yield wait(options.intervalMs ?? 1_000);
  }
}

function* hugeErrorBody(scene: EarlyScene): Generator<Step> {
  const { status, body, headers } = scene.refusal({ kind: 'status', status: 500 });
  const filler = Buffer.alloc(64 * 1024, 'x');
  yield head(status, { ...scene.headers, ...headers });
  yield write(`${body.slice(0, -1)},"details":"`);
  for (let left = scene.options.bytes ?? HUGE_BYTES; left > 0; left -= filler.length) {
    yield write(filler.subarray(0, Math.min(left, filler.length)));
  }
  yield write('"}');
  yield END;
}
