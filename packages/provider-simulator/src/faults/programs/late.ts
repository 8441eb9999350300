import { playFrames, playOpening, playReply, type StreamReply, type TextFrame } from '../../http/reply.js';
import { CLOSE, END, HANG, head, RESET, type Step, wait, write } from '../../http/steps.js';
import type { FaultName } from '../fault-catalog.js';
import type { LateProgram, LateScene } from '../scene.js';
import { brokenGzip, cutBody } from './spoil-body.js';

/** Steps of the faults that spoil an answer. */
export const LATE_PROGRAMS: Partial<Record<FaultName, LateProgram>> = {
  slow_headers: function* ({ reply, pace, options }) {
    yield wait(options.delayMs ?? 10_000);
    yield* playReply(reply, pace);
  },
  slow_first_token: slowFirstToken,
  stall: (scene) => interrupt(scene, scene.options.delayMs === undefined ? [HANG] : [wait(scene.options.delayMs)], true),
  reset_mid_stream: (scene) => interrupt(scene, [RESET], false),
  cut: (scene) => interrupt(scene, [scene.reply.kind === 'plain' ? CLOSE : END], false),
  cut_in_utf8: cutInCharacter,
  cut_in_tool_arguments: (scene) => cutInPhase(scene, 'arguments'),
  cut_in_reasoning: (scene) => cutInPhase(scene, 'reasoning'),
  role_chunk_then_cut: (scene) => cutBehind(scene, (frame) => frame.phase === 'open'),
  garbage_event: garbageEvent,
  missing_terminal: missingTerminal,
  error_event_before_content: (scene) => errorEvent(scene, 0),
  error_event_after_content: (scene) => errorEvent(scene, position(scene)),
  truncated_json: truncatedJson,
  broken_gzip: brokenGzip,
  empty_answer: ({ reply, pace }) => playReply(reply, pace),
  tiny_events: ({ reply, pace }) => playReply(reply, { ...pace, gapMs: 0 }),
};

/** Where the fault happens, in output tokens. */
function position({ options, outputTokens }: LateScene): number {
  return options.at ?? Math.max(1, Math.floor(outputTokens / 2));
}

/** How many frames bring so many tokens. */
function framesFor(frames: readonly TextFrame[], tokens: number): number {
  let delivered = 0;
  const index = frames.findIndex((frame) => {
    if (frame.tokens > 0 && delivered >= tokens) return true;
    if (frame.phase === 'finish' || frame.phase === 'terminal') return true;
    delivered += frame.tokens;
    return false;
  });
  return index === -1 ? frames.length : index;
}

function* ended(reply: StreamReply, pace: LateScene['pace']): Generator<Step> {
  yield* playOpening(reply, pace);
  yield* playFrames(reply.frames, pace);
  yield END;
}

function missingTerminal(scene: LateScene): Iterable<Step> {
  const { reply, pace, options } = scene;
  if (reply.kind === 'plain') return cutBody(scene, reply.body.length - 1);
  const isLast = ({ phase }: TextFrame): boolean => phase === 'terminal' || (phase === 'finish' && options.keepFinish !== true);
  return ended({ ...reply, frames: reply.frames.filter((frame) => !isLast(frame)) }, pace);
}

/** Plays up to the position, then the steps, then perhaps the rest. */
function* interrupt(scene: LateScene, steps: readonly Step[], goesOn: boolean): Generator<Step> {
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

function* slowFirstToken({ reply, pace, options }: LateScene): Generator<Step> {
  const delay = wait(options.delayMs ?? 10_000);
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

function cutInPhase(scene: LateScene, phase: 'arguments' | 'reasoning'): Iterable<Step> {
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
function* cutBehind(scene: LateScene, keep: (frame: TextFrame) => boolean): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    yield* cutBody(scene, 1);
    return;
  }
  const end = reply.frames.findIndex((frame) => !keep(frame));
  yield* ended({ ...reply, frames: reply.frames.slice(0, end) }, pace);
}

const WIDE_CHARACTER = '日';

function* cutInCharacter(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    const bytes = Buffer.from(`${reply.body.slice(0, Math.floor(reply.body.length / 2))}${WIDE_CHARACTER}`);
    yield* playOpening(reply, pace);
    yield write(bytes.subarray(0, -2));
  } else {
    const index = framesFor(reply.frames, position(scene));
    const next = reply.frames[index];
    yield* playOpening(reply, pace);
    yield* playFrames(reply.frames.slice(0, index), pace);
    // The next event as it would be, up to the first byte of a character that its text begins with.
    const before = next?.text === undefined ? 'data: {"text":"' : next.data.slice(0, next.data.lastIndexOf(JSON.stringify(next.text).slice(1)));
    yield write(Buffer.from(before + WIDE_CHARACTER).subarray(0, -2));
  }
  yield END;
}

function* garbageEvent(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  yield* playOpening(reply, pace);
  if (reply.kind === 'plain') {
    yield write('{"id": �oops, this is not JSON\u0000');
  } else {
    const index = framesFor(reply.frames, position(scene));
    const next = reply.frames[index]?.data ?? '';
    yield* playFrames(reply.frames.slice(0, index), pace);
    yield write(`${next.slice(0, Math.floor(next.length * 0.7)).trimEnd()}\n\n`);
    yield* playFrames(reply.frames.slice(index + 1), pace, true);
  }
  yield END;
}

function* errorEvent(scene: LateScene, tokens: number): Generator<Step> {
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

function* truncatedJson(scene: LateScene): Generator<Step> {
  const { reply, pace } = scene;
  if (reply.kind === 'plain') {
    yield* cutBody(scene, Math.floor(reply.body.length / 2));
    return;
  }
  const index = framesFor(reply.frames, position(scene));
  const next = reply.frames[index]?.data ?? '';
  yield* playOpening(reply, pace);
  yield* playFrames(reply.frames.slice(0, index), pace);
  yield write(next.slice(0, Math.floor(next.length / 2)));
  yield END;
}
