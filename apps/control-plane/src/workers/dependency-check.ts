import { setTimeout as sleep } from 'node:timers/promises';

/** How long an answer counts, and how long it is waited for. */
const CHECK_MS = 1_000;
const WAIT_MS = 2_000;

/** Asks whether something answers: at most once a second, however many want to know, and never waiting long. */
export class DependencyCheck {
  private latest: { askedAt: number; answers: Promise<boolean> } | undefined;

  /** @param ask resolves when it answers */
  constructor(
    private readonly name: string,
    private readonly ask: () => Promise<unknown>,
  ) {}

  /** What is wrong with it; empty when nothing is. */
  async problems(): Promise<string[]> {
    if (!this.latest || Date.now() - this.latest.askedAt > CHECK_MS) {
      this.latest = { askedAt: Date.now(), answers: this.answersInTime() };
    }
    return (await this.latest.answers) ? [] : [`${this.name} does not answer`];
  }

  private answersInTime(): Promise<boolean> {
    const late = new AbortController();
    const answer = this.ask().then(
      () => true,
      () => false,
    );
    const tooLate = sleep(WAIT_MS, false, { signal: late.signal }).catch(() => false);
    return Promise.race([answer, tooLate]).finally(() => late.abort());
  }
}
