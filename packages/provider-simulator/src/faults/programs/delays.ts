import { playFrames, playReply } from '../../http/reply.js';
import { END, head, type Step, wait, write } from '../../http/steps.js';
import type { LateScene } from '../scene.js';

const LONG_MS = 10_000;

/** The whole answer, its headers late. */
export function* slowHeaders({ reply, pace, options }: LateScene): Generator<Step> {
  yield wait(options.delayMs ?? LONG_MS);
  yield* playReply(reply, pace);
}

/** Headers and opening at once, the rest late. */
export function* slowFirstToken({ reply, pace, options }: LateScene): Generator<Step> {
  const delay = wait(options.delayMs ?? LONG_MS);
  yield head(200, reply.headers);
  if (reply.kind === 'plain') {
    yield delay;
    yield write(reply.body, reply.tokens);
  } else {
    const opening = reply.frames.findIndex((frame) => frame.phase !== 'open');
    for (const frame of reply.frames.slice(0, opening)) yield write(frame.data);
    yield delay;
    yield* playFrames(reply.frames.slice(opening), pace, true);
  }
  yield END;
}
