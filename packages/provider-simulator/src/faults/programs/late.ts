import { playReply } from '../../http/reply.js';
import { CLOSE, END, HANG, RESET, wait } from '../../http/steps.js';
import type { FaultName } from '../fault-catalog.js';
import type { LateProgram } from '../scene.js';
import { cutBehind, cutInCharacter, cutInPhase, interrupt, missingTerminal } from './cuts.js';
import { slowFirstToken, slowHeaders } from './delays.js';
import { position } from './position.js';
import { brokenGzip } from './spoil-body.js';
import { errorEvent, garbageEvent, truncatedJson } from './wrong-events.js';

/** Steps of the faults that spoil an answer. */
export const LATE_PROGRAMS: Partial<Record<FaultName, LateProgram>> = {
  slow_headers: slowHeaders,
  slow_first_token: slowFirstToken,
  stall: (scene) =>
    interrupt(scene, scene.options.delayMs === undefined ? [HANG] : [wait(scene.options.delayMs)], true),
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
