/**
 * Features of the API that may be switched on by header, without their dates, which change faster than they do. Left out
 * are those that act on the account (profiles, threads, files, credits), and those that are billed at prices which the
 * price book does not have (fast mode, advisors, fallbacks chosen there).
 * https://platform.claude.com/docs/en/api/beta-headers
 */
const DECLARED: ReadonlySet<string> = new Set([
  'advanced-tool-use',
  'cache-diagnosis',
  'claude-code',
  'code-execution',
  'compact',
  'computer-use',
  'context-1m',
  'context-management',
  'effort',
  'extended-cache-ttl',
  'fine-grained-tool-streaming',
  'inline-tools',
  'interleaved-thinking',
  'mcp-client',
  'mid-conversation-output-config',
  'mid-conversation-system-clear-at',
  'mid-conversation-tool-changes',
  'model-context-window-exceeded',
  'output-128k',
  'output-300k',
  'pdfs',
  'prompt-caching',
  'prompt-caching-scope',
  'search-results',
  'skills',
  'structured-outputs',
  'task-budgets',
  'thinking-binding-controls',
  'thinking-display-updates',
  'thinking-token-count',
  'token-efficient-tools',
  'tool-examples',
  'tool-search-tool',
  'web-fetch',
  'web-search',
]);

/** `2025-05-14` or `20250219`. */
const DATED = /^([a-z][a-z0-9-]{0,80}?)-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** What of an `anthropic-beta` header may go on, and what may not. */
export function declaredBetas(header: string): { passed: string[]; refused: string[] } {
  const passed: string[] = [];
  const refused: string[] = [];
  for (const beta of new Set(header.split(',').map((name) => name.trim()))) {
    if (beta === '') continue;
    const feature = DATED.exec(beta)?.[1];
    if (feature !== undefined && DECLARED.has(feature)) passed.push(beta);
    else refused.push(beta.slice(0, 80));
  }
  return { passed, refused };
}
