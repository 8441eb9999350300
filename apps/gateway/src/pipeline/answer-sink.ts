/** Where an answer goes: to its client's connection, or to where it is kept for a client that asks later. */
export interface AnswerSink {
  /** Status and headers are out: errors are frames from here on. */
  readonly hasBegun: boolean;
  begin(statusCode: number, headers: Record<string, string>): void;
  sendWhole(statusCode: number, headers: Record<string, string>, body: string): void;
  /** @returns false when it takes no more for now: wait for `onDrain` */
  write(bytes: Buffer | string): boolean;
  end(last?: Buffer | string): void;
  /** Breaks the answer off, with nothing said about its end. */
  destroy(): void;
  onDrain(listener: () => void): void;
}
