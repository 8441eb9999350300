import type { TextFrame } from '../../http/reply.js';
import type { LateScene } from '../scene.js';

/** Where the fault happens, in output tokens. */
export function position({ options, outputTokens }: LateScene): number {
  return options.at ?? Math.max(1, Math.floor(outputTokens / 2));
}

/** How many frames bring so many tokens. */
export function framesFor(frames: readonly TextFrame[], tokens: number): number {
  let delivered = 0;
  const index = frames.findIndex((frame) => {
    if (frame.tokens > 0 && delivered >= tokens) return true;
    if (frame.phase === 'finish' || frame.phase === 'terminal') return true;
    delivered += frame.tokens;
    return false;
  });
  return index === -1 ? frames.length : index;
}
