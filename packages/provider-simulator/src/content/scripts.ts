import type { Prompt } from './prompt.js';

/** One answer of a scripted conversation. */
export interface ScriptTurn {
  readonly text?: string;
  readonly thinking?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: unknown }[];
}

/** A conversation to play: the number of assistant messages so far says which turn comes next. */
export interface Script {
  readonly provider?: string;
  readonly model?: string;
  /** Played only for conversations whose first user message contains this. */
  readonly when?: string;
  readonly turns: readonly ScriptTurn[];
}

/** The turn to play, if one of the scripts is about this conversation and not at its end. */
export function scriptedTurn(
  scripts: readonly Script[],
  providerId: string,
  prompt: Prompt,
): ScriptTurn | undefined {
  const script = scripts.find(
    ({ provider, model, when }) =>
      (provider === undefined || provider === providerId) &&
      (model === undefined || model === prompt.model) &&
      (when === undefined || prompt.firstUserText.includes(when)),
  );
  return script?.turns[prompt.assistantTurns];
}
