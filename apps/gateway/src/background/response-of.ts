import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { BackgroundReading } from './background-store.js';
import { lostResponse } from './response-status.js';
import { ResponseSoFar } from './response-so-far.js';

/** A response as Redis has it: whole where it ended, else as far as its events say. */
export function responseOf(reading: BackgroundReading): JsonObject {
  if (reading.response) return reading.response;
  const soFar = new ResponseSoFar(reading.begun);
  for (const { frames } of reading.chunks) for (const frame of frames) soFar.take(eventOf(frame));
  const response = soFar.response(reading.status);
  return reading.isLost ? lostResponse(response) : response;
}

/** Guarantee: `eventFrame` has printed it. */
function eventOf(frame: string): JsonObject {
  const at = frame.indexOf('\ndata: ');
  return JSON.parse(frame.slice(at + 7)) as JsonObject;
}
