/** `format` of thought signatures that Gemini made; OpenRouter calls them so too. */
export const GEMINI_REASONING_FORMAT = 'google-gemini-v1';
