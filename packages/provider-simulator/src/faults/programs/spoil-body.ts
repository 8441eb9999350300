import { gzipSync } from 'node:zlib';
import { joined } from '../../http/frame-bytes.js';
import { playOpening } from '../../http/reply.js';
import { END, head, type Step, wait, write } from '../../http/steps.js';
import type { LateScene } from '../scene.js';

/** A plain answer that ends, regularly as far as HTTP can tell, after so many characters. */
export function* cutBody({ reply, pace }: LateScene, characters: number): Generator<Step> {
  if (reply.kind !== 'plain') return;
  yield* playOpening(reply, pace);
  yield write(reply.body.slice(0, characters));
  yield END;
}

/** Says gzip; the first bytes are, then they are not. */
export function* brokenGzip({ reply, pace }: LateScene): Generator<Step> {
  const packed = gzipSync(reply.kind === 'plain' ? reply.body : joined(reply.frames));
  yield wait(reply.kind === 'plain' ? pace.plainMs : pace.firstTokenMs);
  yield head(200, { ...reply.headers, 'content-encoding': 'gzip' });
  yield write(packed.subarray(0, Math.floor(packed.length / 2)));
  yield write(Buffer.alloc(64, 0xff));
  yield END;
}
