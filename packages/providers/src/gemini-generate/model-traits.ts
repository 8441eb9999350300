/** What a Gemini model can do, as far as the shape of a request depends on it. */
export interface ModelTraits {
  /** `budget`: thinks with a number of tokens (2.5). `level`: with a level (3 and later). */
  readonly thinking: 'none' | 'budget' | 'level';
  /** Pro models always think: neither budget 0 nor the lowest level is taken. */
  readonly alwaysThinks: boolean;
  /** The least and the most budget that is taken, in tokens. */
  readonly budget: { readonly least: number; readonly most: number };
  /** Takes the level `medium`. */
  readonly mediumLevel: boolean;
  /** Wants calls of the turn under way with their thought signature, takes a schema beside functions and media in results. */
  readonly isThree: boolean;
  /** Can be held to the schemas of functions without being forced to call one. */
  readonly validatedCalls: boolean;
  /** Searches the web when it is allowed to. */
  readonly webSearch: boolean;
  /** Takes instructions beside the conversation. */
  readonly systemInstruction: boolean;
}

/** `gemini-2.5-flash-lite`, `gemini-3-pro-image-preview`. */
const NAME = /gemini-(\d+(?:\.\d+)?)-(pro|flash)(-lite)?(.*)/;
const NEWEST = { version: 3.8, isPro: false, isLite: false, rest: '' };

/**
 * Told by the name, since a request must be shaped before anyone can ask; an unknown name is taken for the newest.
 * https://ai.google.dev/gemini-api/docs/thinking
 */
export function traitsOf(model: string): ModelTraits {
  const isGemma = model.startsWith('gemma-');
  const { version, isPro, isLite, rest } = readName(model);
  const isThree = !isGemma && version >= 3;
  const thinks = !isGemma && version >= 2.5 && !/-(?:image|tts|live)/.test(rest);
  return {
    thinking: thinks ? (isThree ? 'level' : 'budget') : 'none',
    alwaysThinks: isPro,
    budget: isPro ? { least: 128, most: 32_768 } : { least: isLite ? 512 : 1, most: 24_576 },
    mediumLevel: !isPro || version > 3,
    isThree,
    validatedCalls: !isGemma && version >= 2.5,
    webSearch: !isGemma && version >= 2 && !/-(?:tts|live)|^-image/.test(rest),
    systemInstruction: !/^gemma-[1-3]/.test(model),
  };
}

function readName(model: string): typeof NEWEST {
  const match = NAME.exec(model);
  if (!match) return NEWEST;
  const [, version, kind, lite, rest = ''] = match;
  return { version: Number(version), isPro: kind === 'pro', isLite: lite !== undefined, rest };
}
