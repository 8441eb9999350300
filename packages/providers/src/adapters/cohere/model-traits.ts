/** What a Cohere model can do, as far as the shape of a request depends on it. */
export interface ModelTraits {
  /** Takes `thinking`; others refuse it. */
  readonly thinking: boolean;
  /** Takes `tool_choice`. */
  readonly toolChoice: boolean;
}

/** Of the generation before Command R7B. */
const BEFORE_TOOL_CHOICE =
  /^(?:command|command-light|command-nightly|command-r|command-r-plus)(?:-0[348]-2024)?$/;
const WITHOUT_THINKING =
  /^(?:command-r|command-light|command-nightly|command$|command-a-(?:03-2025|vision|translate)|c4ai-|tiny-aya)/;

/**
 * Told by the name, since a request must be shaped before anyone can ask; an unknown name is taken for the newest.
 * https://docs.cohere.com/docs/models
 */
export function traitsOf(model: string): ModelTraits {
  return { thinking: !WITHOUT_THINKING.test(model), toolChoice: !BEFORE_TOOL_CHOICE.test(model) };
}
