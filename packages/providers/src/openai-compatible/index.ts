export { defineOpenAiCompatible, type OpenAiCompatibleDeclaration } from './define.js';
export type { MessageQuirks, Quirks, ReasoningQuirks, ToolChoiceQuirks, UsageQuirks } from './quirks.js';
