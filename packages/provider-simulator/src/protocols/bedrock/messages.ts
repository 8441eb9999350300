import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { type Block, parseBlocks } from './blocks.js';
import type { ModelRules } from './model-rules.js';

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly blocks: readonly Block[];
  readonly text: string;
}

const MESSAGE_TOKENS = 3;

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html */
export function parseMessages(body: Fields, rules: ModelRules, hasTools: boolean): readonly Message[] {
  body.required('messages');
  const list = body.list('messages') ?? [];
  if (list.length === 0)
    refuse(
      ['messages'],
      'unsupported',
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  const messages = list.map((value, index): Message => {
    const fields = Fields.of(value, ['messages', index]);
    fields.required('role');
    const role = fields.oneOf('role', ['user', 'assistant']) ?? 'user';
    const content = fields.list('content') ?? [];
    if (content.length === 0)
      refuse(
        fields.path,
        'unsupported',
        `The content field in the Message object at ${fields.path.join('.')} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    const blocks = parseBlocks(content, fields.at('content'), role, rules);
    checkCompany(blocks, fields.path, rules);
    return { role, blocks, text: textOf(blocks) };
  });
  if (messages[0]?.role === 'assistant' && !rules.leadingAssistant)
    refuse(
      ['messages'],
      'unsupported',
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  checkTurns(messages);
  checkDocuments(list);
  if (!hasTools && messages.some(({ blocks }) => blocks.some(({ callId }) => callId !== undefined)))
    refuse(
      ['toolConfig'],
      'unsupported',
      'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
    );
  return messages;
}

export function textOf(blocks: readonly Block[]): string {
  return blocks
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text)
    .join('');
}

/** One segment a block; the frame around the message is counted with its first block. */
export function segmentsOf(role: string, blocks: readonly Block[]): PromptSegment[] {
  const frame = MESSAGE_TOKENS + countTokens(role);
  return blocks.map(({ material, tokens, mark }, index) => ({
    material: index === 0 ? `${role}\n${material}` : material,
    tokens: tokens + (index === 0 ? frame : 0),
    ...(mark === undefined ? {} : { mark }),
  }));
}

function checkCompany(blocks: readonly Block[], path: FieldPath, rules: ModelRules): void {
  const kinds = new Set(blocks.map(({ kind }) => kind));
  if (kinds.has('document') && !kinds.has('text'))
    refuse(path, 'unsupported', 'When a document block is included, a text block must be included as well.');
  if (!kinds.has('toolResult')) return;
  const strangers = [...kinds].filter((kind) => kind !== 'toolResult');
  const isRefused = rules.wantsResultsAlone
    ? strangers.length > 0
    : rules.isClaude && strangers.some((kind) => kind === 'document' || kind === 'video');
  if (isRefused)
    refuse(
      path,
      'unsupported',
      'The toolResult blocks must stand alone: this model does not support other content beside them.',
    );
}

/** Turns take turns, and each call is answered in the very next message. */
function checkTurns(messages: readonly Message[]): void {
  const ids = (message: Message | undefined, kind: string): string[] =>
    (message?.blocks ?? []).filter((block) => block.kind === kind).map(({ callId }) => callId ?? '');
  messages.forEach((message, index) => {
    const at = `messages.${index}.content`;
    if (message.role === messages[index - 1]?.role)
      refuse(
        ['messages', index],
        'unsupported',
        'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
      );
    const before = ids(messages[index - 1], 'toolUse');
    const results = ids(message, 'toolResult');
    if (results.some((id) => !before.includes(id)))
      refuse(
        ['messages', index],
        'unsupported',
        `The number of toolResult blocks at ${at} exceeds the number of toolUse blocks of previous turn.`,
      );
    const open = before.filter((id) => !results.includes(id));
    if (open.length > 0)
      refuse(
        ['messages', index],
        'unsupported',
        `Expected toolResult blocks at ${at} for the following Ids: ${open.join(', ')}`,
      );
  });
  const open = ids(messages.at(-1), 'toolUse');
  if (open.length > 0)
    refuse(
      ['messages'],
      'unsupported',
      `Expected toolResult blocks for the following Ids: ${open.join(', ')}`,
    );
}

function checkDocuments(list: readonly unknown[]): void {
  const names = [...JSON.stringify(list).matchAll(/"document":\{[^}]*?"name":"([^"]*)"/gu)].map(
    ([, name]) => name,
  );
  if (new Set(names).size < names.length)
    refuse(
      ['messages'],
      'unsupported',
      'Duplicate document names were found. Make sure document names are unique and try again.',
    );
}
