import type { OutgoingHttpHeaders } from 'node:http';
import type { FrameData } from '../http/frame-bytes.js';
import type { Reply } from '../http/reply.js';
import type { Step } from '../http/steps.js';
import type { NativeProblem, NativeRefusal } from '../protocols/native-problem.js';
import type { Pace } from '../providers/pace.js';
import type { FaultOptions } from './fault-options.js';

/** What an early fault can work with. */
export interface EarlyScene {
  readonly options: FaultOptions;
  readonly stream: boolean;
  readonly headers: OutgoingHttpHeaders;
  readonly keepAlive: FrameData;
  /** Content type of a stream. */
  readonly streamType: string;
  refusal(problem: NativeProblem): NativeRefusal;
}

/** What a fault in an answer can work with. */
export interface LateScene {
  readonly options: FaultOptions;
  readonly reply: Reply;
  readonly pace: Pace;
  readonly outputTokens: number;
  /** The provider's own error as an event of a stream. */
  errorEvent(problem: NativeProblem): FrameData;
  /** The same as the body of a plain answer. */
  refusal(problem: NativeProblem): NativeRefusal;
}

export type EarlyProgram = (scene: EarlyScene) => Iterable<Step>;
export type LateProgram = (scene: LateScene) => Iterable<Step>;
