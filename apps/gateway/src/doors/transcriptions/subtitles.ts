import type { TranscriptSegment } from '@trunkline/providers';

/** https://en.wikipedia.org/wiki/SubRip#Format */
export function printSrt(segments: readonly TranscriptSegment[]): string {
  return segments
    .map((segment, at) => `${at + 1}\n${times(segment, ',')}\n${segment.text.trim()}\n\n`)
    .join('');
}

/** https://www.w3.org/TR/webvtt1/ */
export function printVtt(segments: readonly TranscriptSegment[]): string {
  return `WEBVTT\n\n${segments.map((segment) => `${times(segment, '.')}\n${segment.text.trim()}\n\n`).join('')}`;
}

function times({ startSeconds, endSeconds }: TranscriptSegment, separator: ',' | '.'): string {
  return `${clock(startSeconds, separator)} --> ${clock(endSeconds, separator)}`;
}

/** `01:02:03,450` */
function clock(seconds: number, separator: string): string {
  const ms = Math.round(seconds * 1000);
  const digits = (number: number, places: number) => String(Math.floor(number)).padStart(places, '0');
  const hours = digits(ms / 3_600_000, 2);
  const minutes = digits((ms / 60_000) % 60, 2);
  return `${hours}:${minutes}:${digits((ms / 1000) % 60, 2)}${separator}${digits(ms % 1000, 3)}`;
}
