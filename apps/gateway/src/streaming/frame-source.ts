import type { ChatAdapter } from '@trunkline/providers';
import { ChatChunkPrinter } from './chat-chunk-printer.js';
import { PassthroughSource } from './passthrough-source.js';
import type { FrameSource } from './stream-piece.js';
import { TranslateSource } from './translate-source.js';

/** Passthrough where the upstream speaks the client's protocol, translation elsewhere. */
export function sourceFor(adapter: ChatAdapter, choices: number, nowMs: number): FrameSource {
  if (adapter.passthroughReader) return new PassthroughSource(adapter.passthroughReader({ choices }));
  return new TranslateSource(adapter.decoder({ choices }), new ChatChunkPrinter(Math.floor(nowMs / 1000)));
}
