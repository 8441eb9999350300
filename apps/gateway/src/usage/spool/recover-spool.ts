import { type Frame, readFrame, readFrames } from './frame.js';
import { OpenCalls } from './open-calls.js';
import { firstNumberOf, type SpoolFiles } from './spool-files.js';

/** `begun` records of open calls whose segment is gone. */
export const OPEN_CALLS_FILE = 'open-calls';

export interface RecoveredSpool {
  /** Number of the last record on disk, or of the one before the first that may come. */
  last: number;
  /** Records up to this one were confirmed, as the files show by what is missing. */
  confirmedAtLeast: number;
  /** First numbers of the segments that are there. */
  segments: number[];
  openCalls: OpenCalls;
}

/**
 * Reads a spool as its last owner left it. What is torn at a segment's end is cut off: it was never answered for.
 */
export function recoverSpool(files: SpoolFiles): RecoveredSpool {
  const openCalls = new OpenCalls();
  for (const frame of readOpenCalls(files)) openCalls.note(frame);
  const segments: number[] = [];
  let last = 0;
  let confirmedAtLeast = 0;
  for (const name of files.segments()) {
    const first = firstNumberOf(name);
    const content = files.read(name);
    const { frames, bytes } = readFrames(content);
    if (bytes < content.length) cutOff(files, name, bytes);
    // Segments are removed from the front, and only when confirmed: so is everything that is missing.
    if (first > last + 1) confirmedAtLeast = first - 1;
    for (const frame of frames) openCalls.note(frame);
    last = frames.at(-1)?.number ?? Math.max(last, first - 1);
    segments.push(first);
  }
  return { last, confirmedAtLeast, segments, openCalls };
}

function cutOff(files: SpoolFiles, name: string, bytes: number): void {
  const file = files.open(name);
  try {
    files.truncate(file, bytes);
  } finally {
    files.close(file);
  }
}

/** The frames of this file have gaps between their numbers, as calls that ended are left out. */
function readOpenCalls(files: SpoolFiles): Frame[] {
  const frames: Frame[] = [];
  let content: Buffer;
  try {
    content = files.read(OPEN_CALLS_FILE);
  } catch {
    return frames;
  }
  for (let next = readFrame(content, 0); next; next = readFrame(content, next.end)) frames.push(next.frame);
  return frames;
}
