import { durationText } from '@/lib/format-number';
import type { TrackStretch } from './track-layout';

/** Of the drawing's 13-pixel letters, a little more than their mean. */
const LETTER_WIDTH = 6.6;

/**
 * What stands beside a line's name: as much of it as there is room for. The table below the drawing says all of it.
 *
 * @param room in pixels of the drawing, for name and words together
 */
export function trackLabel(stretch: TrackStretch, room: number): string {
  const { providerId, outcomeWords, durationMs, firstTokenMs, arrived, reason, splice } = stretch;
  const end = reason === 'hedge' ? `hedge · ${outcomeWords}` : outcomeWords;
  const took = `${end} · ${durationText(durationMs)}`;
  const from = splice && splice.mode !== 'restart' ? `from character ${splice.atCharacters}` : null;
  const wishes = from
    ? [`${took} · ${from}`, `${end} · ${from}`, took]
    : [
        ...(arrived && firstTokenMs !== null ? [`${took} · first token ${durationText(firstTokenMs)}`] : []),
        took,
      ];
  const letters = room / LETTER_WIDTH - providerId.length - 2;
  return wishes.find((words) => words.length <= letters) ?? end;
}
