import type { ChatRequest, Usage } from '@trunkline/contracts';
import { countChatPrompt, countText } from '@trunkline/tokens';
import type { Charge } from './who-pays.js';

/** What is known of what the committed attempt wrote. */
export interface Written {
  /** What the provider reported so far; null when it reported nothing. */
  readonly usage: Usage | null;
  readonly outputText: string;
  readonly reasoningText: string;
}

export interface CommittedUsage {
  readonly usage: Usage;
  /** A tokenizer counted, since the provider did not say. */
  readonly counted: boolean;
}

/**
 * The usage of a committed attempt: the provider's where the answer ended and it reported one, else counted: the prompt
 * as reported if it was, and what was written.
 */
export function committedUsage(
  written: Written,
  request: ChatRequest,
  charge: Charge,
  isWhole: boolean,
): CommittedUsage {
  if (written.usage && (isWhole || charge === 'usage')) return { usage: written.usage, counted: false };
  const prompt = promptPart(written.usage) ?? { 'input.text': countChatPrompt(request) };
  const output = countText(written.outputText);
  const reasoning = countText(written.reasoningText);
  return {
    usage: {
      ...prompt,
      ...(output > 0 ? { 'output.text': output } : {}),
      ...(reasoning > 0 ? { 'reasoning.text': reasoning } : {}),
    },
    counted: true,
  };
}

/** Some providers report the prompt's tokens when a stream begins. */
function promptPart(usage: Usage | null): Usage | null {
  if (!usage) return null;
  const part: Usage = {};
  for (const [bucket, units] of Object.entries(usage)) {
    if (!bucket.startsWith('output.') && !bucket.startsWith('reasoning.'))
      part[bucket as keyof Usage] = units;
  }
  return Object.keys(part).length > 0 ? part : null;
}
