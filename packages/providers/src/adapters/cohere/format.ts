/** `format` of what a Command model thought; shown to clients, and given back to Cohere alone. */
export const COHERE_THINKING_FORMAT = 'cohere-thinking-v1';
/** `format` of the plan that stands before tool calls, which Cohere wants back in a field of its own. */
export const COHERE_PLAN_FORMAT = 'cohere-tool-plan-v1';
