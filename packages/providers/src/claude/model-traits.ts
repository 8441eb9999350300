/** What a Claude model can do, as far as the shape of a request depends on it. */
export interface ModelTraits {
  /**
   * `budget`: thinks with a fixed budget, when asked. `either`: also adaptively. `adaptive`: only so, on by default,
   * and samplers are refused. `always`: the same, and it cannot be switched off.
   */
  readonly thinking: 'none' | 'budget' | 'either' | 'adaptive' | 'always';
  /** Takes `output_config.effort`. */
  readonly effort: boolean;
  /** Takes effort `xhigh`. */
  readonly highestEffort: boolean;
  /** Takes `output_config.format` and `strict` tools. */
  readonly structuredOutputs: boolean;
  /** Goes on with an answer that the conversation ends with. */
  readonly prefill: boolean;
  /** Takes a forced tool choice. */
  readonly forcedToolChoice: boolean;
  /** Searches the web when it is allowed to. */
  readonly webSearch: boolean;
  /** `max_tokens` where neither client nor catalog says one. */
  readonly defaultMaxTokens: number;
}

/** `claude-opus-4-7`, `claude-sonnet-4-20250514`, `claude-haiku-5-5`; a date is not a minor version. */
const NEW_NAME = /claude-(opus|sonnet|haiku|fable|mythos)-(\d+)(?:[-.](\d{1,2})(?!\d))?/;
/** `claude-3-7-sonnet-20250219`. */
const OLD_NAME = /claude-(\d+)(?:[-.](\d{1,2})(?!\d))?-(opus|sonnet|haiku)/;

/**
 * Told by the name, since a request must be shaped before anyone can ask. An unknown name is taken for the last one that
 * takes both ways of thinking and samplers, so that nothing of a request is lost on a guess.
 * https://platform.claude.com/docs/en/about-claude/models/whats-new-sonnet-5
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 * https://platform.claude.com/docs/en/build-with-claude/effort
 * https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prefill-claudes-response
 */
export function traitsOf(model: string): ModelTraits {
  const { family, version, isKnown } = readName(model);
  const isFable = family === 'fable' || family === 'mythos';
  return {
    thinking: thinkingOf(family, version),
    effort: isFable || version >= 4.6 || (family === 'opus' && version >= 4.5),
    highestEffort: isFable || version >= 4.7,
    structuredOutputs: isFable || version >= 4.5,
    prefill: !isKnown || (!isFable && version < 4.6),
    forcedToolChoice: !isFable,
    webSearch: isFable || version >= 3.5,
    defaultMaxTokens:
      version >= 4 || isFable ? 32_000 : version >= 3.7 ? 64_000 : version >= 3.5 ? 8192 : 4096,
  };
}

function thinkingOf(family: string, version: number): ModelTraits['thinking'] {
  if (family === 'fable' || family === 'mythos' || (family === 'opus' && version >= 5.5)) return 'always';
  if (version >= 4.7) return 'adaptive';
  if (version >= 4.6) return 'either';
  return version >= 3.7 ? 'budget' : 'none';
}

function readName(model: string): { family: string; version: number; isKnown: boolean } {
  const recent = NEW_NAME.exec(model);
  if (recent) return { family: recent[1] ?? '', version: versionOf(recent[2], recent[3]), isKnown: true };
  const older = OLD_NAME.exec(model);
  if (older) return { family: older[3] ?? '', version: versionOf(older[1], older[2]), isKnown: true };
  return { family: 'sonnet', version: 4.6, isKnown: false };
}

function versionOf(major: string | undefined, minor: string | undefined): number {
  return Number(`${major}.${minor ?? 0}`);
}
