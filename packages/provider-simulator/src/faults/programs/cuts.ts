import { bytesOf } from '../../http/frame-bytes.js';
import { playFrames, playOpening, type StreamReply, type TextFrame } from '../../http/reply.js';
import { END, head, type Step, wait, write } from '../../http/steps.js';
import type { LateScene } from '../scene.js';
import { framesFor, position } from './position.js';
import { cutBody } from './spoil-body.js';

function* ended(reply: StreamReply, pace: LateScene['pace']): Generator<Step> {
  yield* playOpening(reply, pace);
  yield* playFrames(reply.frames, pace);
  yield END;
}

/** All content without what ends it. */
export function missingTerminal(scene: LateScene): Iterable<Step> {
  const { reply, pace, options } = scene;
  if (reply.kind === 'plain') return cutBody(scene, reply.body.length - 1);
  const isLast = ({ phase }: TextFrame): boolean =>
    phase === 'terminal' || (phase === 'finish' && options.keepFinish !== true);
  return ended({ ...reply, frames: reply.frames.filter((frame) => !isLast(frame)) }, pace);
}

/** Plays up to the position, then the steps, then perhaps the rest. */
export function* interrupt(scene: LateScene, steps: readonly Step[], goesOn: boolean): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    const half = Math.floor(reply.body.length / 2);
    yield wait(pace.plainMs);
    yield head(200, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
    yield write(reply.body.slice(0, half));
    yield* steps;
    if (!goesOn) return;
    yield write(reply.body.slice(half), reply.tokens);
  } else {
    const index = framesFor(reply.frames, position(scene));
    yield* playOpening(reply, pace);
    yield* playFrames(reply.frames.slice(0, index), pace);
    yield* steps;
    if (!goesOn) return;
    yield* playFrames(reply.frames.slice(index), pace, true);
  }
  yield END;
}

/** Ends when half of that phase has been sent. */
export function cutInPhase(scene: LateScene, phase: 'arguments' | 'reasoning'): Iterable<Step> {
  const { reply } = scene;
  if (reply.kind === 'plain') return cutBody(scene, Math.floor(reply.body.length / 2));
  const total = reply.frames.filter((frame) => frame.phase === phase).length;
  if (total === 0) return interrupt(scene, [END], false);
  let seen = 0;
  return cutBehind(scene, (frame) => {
    if (frame.phase === phase) seen += 1;
    return seen <= Math.max(1, Math.floor(total / 2));
  });
}

/** Ends the stream before the first frame that is not to be kept. */
export function* cutBehind(scene: LateScene, keep: (frame: TextFrame) => boolean): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    yield* cutBody(scene, 1);
    return;
  }
  const end = reply.frames.findIndex((frame) => !keep(frame));
  yield* ended({ ...reply, frames: reply.frames.slice(0, end) }, pace);
}

const WIDE_CHARACTER = '日';

/** Ends behind the first of the three bytes of a character. */
export function* cutInCharacter(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    const half = reply.body.toString().slice(0, Math.floor(reply.body.length / 2));
    const bytes = Buffer.from(half + WIDE_CHARACTER);
    yield* playOpening(reply, pace);
    yield write(bytes.subarray(0, -2));
  } else {
    const index = framesFor(reply.frames, position(scene));
    const next = reply.frames[index];
    yield* playOpening(reply, pace);
    yield* playFrames(reply.frames.slice(0, index), pace);
    yield write(upToCharacter(next));
  }
  yield END;
}

/** The next event as it would be, up to the first byte of a character that its text begins with. */
function upToCharacter(next: TextFrame | undefined): Buffer {
  if (next?.text === undefined) return Buffer.from('data: {"text":"' + WIDE_CHARACTER).subarray(0, -2);
  const bytes = bytesOf(next.data);
  const at = bytes.lastIndexOf(JSON.stringify(next.text).slice(1));
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(WIDE_CHARACTER).subarray(0, 1)]);
}
