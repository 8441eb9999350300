import { isRecord, type JsonRecord } from '../loose-json.js';

/** Fields that name something of the account that asks, or act on it. */
const OF_THE_ACCOUNT = [
  'thread',
  'user_profile_id',
  'workspace_id',
  'fallback_credit_token',
  'billing_policy',
] as const;

/**
 * The first field of a Messages request that names an object kept at Anthropic: files, containers, skills, threads. On
 * the platform's shared credential they could be another tenant's.
 * https://platform.claude.com/docs/en/build-with-claude/files
 * @returns the field's path in the client's words, or null
 */
export function nativeObject(body: JsonRecord): string | null {
  for (const field of OF_THE_ACCOUNT) if ((body[field] ?? null) !== null) return field;
  const { container, diagnostics, messages } = body;
  if (typeof container === 'string') return 'container';
  if (isRecord(container)) {
    if ((container['id'] ?? null) !== null) return 'container.id';
    const skills = Array.isArray(container['skills']) ? (container['skills'] as unknown[]) : [];
    const own = skills.findIndex((skill) => !isRecord(skill) || skill['type'] !== 'anthropic');
    if (own >= 0) return `container.skills.${own}`;
  }
  if (isRecord(diagnostics) && (diagnostics['previous_message_id'] ?? null) !== null)
    return 'diagnostics.previous_message_id';
  return Array.isArray(messages) ? fileInMessages(messages) : null;
}

function fileInMessages(messages: readonly unknown[]): string | null {
  for (const [i, message] of messages.entries()) {
    const found = isRecord(message) ? fileIn(message['content'], `messages.${i}.content`) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Looks into results and documents too, which have content of their own. */
function fileIn(content: unknown, path: string): string | null {
  if (!Array.isArray(content)) return null;
  for (const [j, block] of (content as unknown[]).entries()) {
    if (!isRecord(block)) continue;
    const at = `${path}.${j}`;
    if (block['type'] === 'container_upload') return `${at}.file_id`;
    const { source } = block;
    if (isRecord(source)) {
      if (source['type'] === 'file') return `${at}.source.file_id`;
      const inner = fileIn(source['content'], `${at}.source.content`);
      if (inner !== null) return inner;
    }
    const inner = block['type'] === 'tool_result' ? fileIn(block['content'], `${at}.content`) : null;
    if (inner !== null) return inner;
  }
  return null;
}
