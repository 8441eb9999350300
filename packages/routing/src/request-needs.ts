/** What of a request decides which targets can answer it. */
export interface RequestNeeds {
  readonly tools: boolean;
  readonly images: boolean;
  readonly audio: boolean;
  readonly files: boolean;
  /** `response_format: json_schema`. */
  readonly jsonSchema: boolean;
  /** Estimate. */
  readonly promptTokens: number;
  /** The limit that the caller set on the answer; null for none. */
  readonly outputTokenLimit: number | null;
}

/** Tokens of an answer, for comparing prices where the caller set no limit. */
export const TYPICAL_OUTPUT_TOKENS = 1_000;
