import type { ConverseBlock } from './media.js';
import type { ConverseMessage } from './messages.js';
import type { ModelTraits } from './model-traits.js';

/** The least that a message may say; blanks are refused. */
const PLACEHOLDER = '.';

/**
 * Turns that take turns: what one side says in a row is one message. Where results of tools may not have company, the
 * other side says the least in between, since Amazon joins neighbours again. A conversation has at least one message, and
 * for most models the user begins.
 */
export function joinTurns(written: readonly ConverseMessage[], traits: ModelTraits): ConverseMessage[] {
  const joined: ConverseMessage[] = [];
  for (const { role, content } of written) {
    if (content.length === 0) continue;
    const last = joined.at(-1);
    if (last?.role !== role) joined.push({ role, content: [...content] });
    else if (mayJoin(last.content, content, traits)) last.content.push(...content);
    else
      joined.push({ role: 'assistant', content: [{ text: PLACEHOLDER }] }, { role, content: [...content] });
  }
  const isLed = joined[0]?.role === 'assistant' && !traits.leadingAssistant;
  if (joined.length === 0 || isLed) joined.unshift({ role: 'user', content: [{ text: PLACEHOLDER }] });
  if (traits.claude) trimPrefill(joined);
  return joined;
}

function mayJoin(
  earlier: readonly ConverseBlock[],
  later: readonly ConverseBlock[],
  { besideResults }: ModelTraits,
): boolean {
  if (besideResults === 'anything') return true;
  const blocks = [...earlier, ...later].filter((block) => !('cachePoint' in block));
  if (!blocks.some(isResult)) return true;
  const company = blocks.filter((block) => !isResult(block));
  return besideResults === 'nothing'
    ? company.length === 0
    : company.every((block) => 'text' in block || 'image' in block);
}

function isResult(block: ConverseBlock): boolean {
  return 'toolResult' in block;
}

/** What the user says where a model does not go on with its own answer unasked. */
const GO_ON = 'Continue.';

/** A conversation that ends with an answer is refused by models that do not go on with it, and beside reasoning. */
export function endWithUser(messages: ConverseMessage[]): void {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.content.some((block) => 'toolUse' in block)) return;
  messages.push({ role: 'user', content: [{ text: GO_ON }] });
}

/** An answer that the client has begun must not end in white space. */
function trimPrefill(messages: readonly ConverseMessage[]): void {
  const last = messages.at(-1);
  const block = last?.role === 'assistant' ? last.content.at(-1) : undefined;
  if (block && typeof block['text'] === 'string') block['text'] = block['text'].trimEnd();
}

/** The last message has results of a turn that does not begin with its reasoning. */
export function continuesWithoutReasoning(messages: readonly ConverseMessage[]): boolean {
  const last = messages.at(-1);
  if (last?.role !== 'user' || !last.content.some(isResult)) return false;
  const turn = messages.findLast(({ role }) => role === 'assistant');
  const first = turn?.content[0];
  return first === undefined || !('reasoningContent' in first);
}
