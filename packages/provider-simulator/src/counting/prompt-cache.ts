import { createHash } from 'node:crypto';

/** A part of a prompt in its provider's order, with its tokens, and a mark if the client asked to cache up to here. */
export interface PromptSegment {
  readonly material: string;
  readonly tokens: number;
  readonly mark?: CacheLifetime;
}

export type CacheLifetime = '5m' | '1h';

/** What a prompt cache did for one prompt, in tokens; the three and the rest of the prompt add up. */
export interface CacheUse {
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
}

export const NO_CACHE_USE: CacheUse = { read: 0, written5m: 0, written1h: 0 };

const MINIMUM_TOKENS = 1_024;
const LIFETIME_MS = { '5m': 300_000, '1h': 3_600_000 } as const;
const IMPLICIT_STEP = 128;

/** Remembers prefixes of prompts (as hashes), so that usage tells of cache reads and writes as a provider's does. */
export class PromptCache {
  readonly #until = new Map<string, number>();

  constructor(private readonly limit = 20_000) {}

  /** Automatic caching: the longest known prefix of at least 1,024 tokens counts as read, in steps of 128. */
  useImplicit(scope: string, segments: readonly PromptSegment[], now: number): CacheUse {
    let read = 0;
    for (const prefix of prefixes(scope, segments)) {
      if (prefix.tokens < MINIMUM_TOKENS) continue;
      if (this.#knows(prefix.key, now)) read = prefix.tokens;
      this.#remember(prefix.key, now + LIFETIME_MS['5m']);
    }
    return { ...NO_CACHE_USE, read: read - (read % IMPLICIT_STEP) };
  }

  /** Caching by marks: up to the last known mark counts as read, from there to the last mark as written. */
  useMarked(scope: string, segments: readonly PromptSegment[], now: number): CacheUse {
    let read = 0;
    let covered = 0;
    const written = { '5m': 0, '1h': 0 };
    for (const prefix of prefixes(scope, segments)) {
      if (prefix.mark === undefined || prefix.tokens < MINIMUM_TOKENS) continue;
      if (this.#knows(prefix.key, now)) {
        read = prefix.tokens;
        covered = read;
        written['5m'] = 0;
        written['1h'] = 0;
      } else {
        written[prefix.mark] += prefix.tokens - covered;
        covered = prefix.tokens;
      }
      this.#remember(prefix.key, now + LIFETIME_MS[prefix.mark]);
    }
    return { read, written5m: written['5m'], written1h: written['1h'] };
  }

  clear(): void {
    this.#until.clear();
  }

  #knows(key: string, now: number): boolean {
    return (this.#until.get(key) ?? 0) > now;
  }

  #remember(key: string, until: number): void {
    this.#until.delete(key);
    this.#until.set(key, until);
    if (this.#until.size <= this.limit) return;
    const oldest = this.#until.keys().next();
    if (!oldest.done) this.#until.delete(oldest.value);
  }
}

function* prefixes(scope: string, segments: readonly PromptSegment[]) {
  const hash = createHash('sha1').update(scope);
  let tokens = 0;
  for (const segment of segments) {
    hash.update('\u0000').update(segment.material);
    tokens += segment.tokens;
    if (tokens < MINIMUM_TOKENS) continue;
    yield { key: hash.copy().digest('base64'), tokens, mark: segment.mark };
  }
}
