import { parseAsArrayOf, parseAsBoolean, parseAsFloat, parseAsInteger, parseAsString } from 'nuqs/server';

export const DEFAULT_MODEL = 'openai/gpt-4o-mini';
export const MOST_MODELS = 3;

/** What is asked, apart from the conversation: all of it stands in the URL. */
export const playgroundParams = {
  model: parseAsArrayOf(parseAsString).withDefault([DEFAULT_MODEL]),
  system: parseAsString.withDefault(''),
  temperature: parseAsFloat,
  maxTokens: parseAsInteger,
  topP: parseAsFloat,
  json: parseAsBoolean.withDefault(false),
};

export interface Settings {
  model: string[];
  system: string;
  temperature: number | null;
  maxTokens: number | null;
  topP: number | null;
  json: boolean;
}
