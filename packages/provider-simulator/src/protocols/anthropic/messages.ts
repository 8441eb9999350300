import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { type Block, parseBlocks } from './blocks.js';

const ROLES = ['user', 'assistant', 'system'] as const;

export interface Message {
  readonly role: (typeof ROLES)[number];
  readonly blocks: readonly Block[];
  readonly text: string;
}

const MESSAGE_TOKENS = 3;

export function parseMessages(body: Fields): readonly Message[] {
  body.required('messages');
  const raw = body.list('messages') ?? [];
  if (raw.length === 0) refuse(['messages'], 'unsupported', 'at least one message is required');
  const messages = raw.map((value, index): Message => {
    const fields = Fields.of(value, ['messages', index]);
    fields.required('role');
    const role = fields.oneOf('role', ROLES) ?? 'user';
    const blocks = parseBlocks(fields, 'content', role);
    if (blocks.length === 0 && index < raw.length - 1)
      refuse(
        fields.path,
        'unsupported',
        'all messages must have non-empty content except for the optional final assistant message',
      );
    return { role, blocks, text: textOf(blocks) };
  });
  if (messages[0]?.role === 'assistant')
    refuse(['messages'], 'unsupported', 'first message must use the "user" role');
  checkToolOrder(messages);
  checkPrefill(messages.at(-1));
  return messages;
}

export function textOf(blocks: readonly Block[]): string {
  return blocks
    .filter((block) => block.type === 'text')
    .map((block) => block.text)
    .join('');
}

/** Segments of a message or a system prompt, one a block; the frame around the message is counted with its first block. */
export function segmentsOf(role: string, blocks: readonly Block[]): PromptSegment[] {
  const frame = MESSAGE_TOKENS + countTokens(role);
  if (blocks.length === 0) return [{ material: role, tokens: frame }];
  return blocks.map((block, index) => ({
    material: index === 0 ? `${role}\n${block.material}` : block.material,
    tokens: block.tokens + (index === 0 ? frame : 0),
    ...(block.mark === undefined ? {} : { mark: block.mark }),
  }));
}

/** Each `tool_use` is answered in the very next message, and each `tool_result` has its call in the one before. */
function checkToolOrder(messages: readonly Message[]): void {
  const calls = (message: Message | undefined, type: string): string[] =>
    (message?.blocks ?? []).filter((block) => block.type === type).map((block) => block.callId ?? '');
  messages.forEach((message, index) => {
    const path: FieldPath = ['messages', index];
    const before = calls(messages[index - 1], 'tool_use');
    const stray = calls(message, 'tool_result').find((id) => !before.includes(id));
    if (stray !== undefined) {
      refuse(
        path,
        'unsupported',
        `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    const answered = calls(messages[index + 1], 'tool_result');
    const open = calls(message, 'tool_use').filter((id) => !answered.includes(id));
    if (open.length > 0) {
      refuse(
        path,
        'unsupported',
        `\`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    }
  });
}

function checkPrefill(last: Message | undefined): void {
  if (last?.role === 'assistant' && /\s$/u.test(last.text)) {
    refuse(['messages'], 'unsupported', 'final assistant content cannot end with trailing whitespace');
  }
}
