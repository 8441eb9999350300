import type { FrameData } from '../../http/frame-bytes.js';
import { playFrames, playOpening } from '../../http/reply.js';
import { END, type Step, write } from '../../http/steps.js';
import type { LateScene } from '../scene.js';
import { framesFor, position } from './position.js';
import { cutBody } from './spoil-body.js';

/** One event in the middle is not JSON, or does not have its checksum; the stream goes on. */
export function* garbageEvent(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  yield* playOpening(reply, pace);
  if (reply.kind === 'plain') {
    yield write('{"id": �oops, this is not JSON\u0000');
  } else {
    const index = framesFor(reply.frames, position(scene));
    const next = reply.frames[index]?.data ?? '';
    yield* playFrames(reply.frames.slice(0, index), pace);
    yield write(spoilt(next));
    yield* playFrames(reply.frames.slice(index + 1), pace, true);
  }
  yield END;
}

/** The provider's own error after so many tokens. */
export function* errorEvent(scene: LateScene, tokens: number): Generator<Step> {
  const { reply, pace } = scene;
  yield* playOpening(reply, pace);
  if (reply.kind === 'plain') {
    yield write(scene.refusal({ kind: 'status', status: 500 }).body);
  } else {
    yield* playFrames(reply.frames.slice(0, framesFor(reply.frames, tokens)), pace);
    yield write(scene.errorEvent({ kind: 'status', status: 500 }));
  }
  yield END;
}

/** Ends in the middle of its JSON, or of an event. */
export function* truncatedJson(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    yield* cutBody(scene, Math.floor(reply.body.length / 2));
    return;
  }
  const index = framesFor(reply.frames, position(scene));
  const next = reply.frames[index]?.data ?? '';
  yield* playOpening(reply, pace);
  yield* playFrames(reply.frames.slice(0, index), pace);
  yield write(typeof next === 'string' ? next.slice(0, half(next)) : next.subarray(0, half(next)));
  yield END;
}

function half({ length }: FrameData): number {
  return Math.floor(length / 2);
}

function spoilt(next: FrameData): FrameData {
  if (typeof next === 'string') return `${next.slice(0, Math.floor(next.length * 0.7)).trimEnd()}\n\n`;
  const bytes = Buffer.from(next);
  const at = half(bytes);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}
