import type { Annotation } from '@trunkline/contracts';

/**
 * A web page that an answer cites, as Messages says it. `encrypted_index` is for Anthropic to find its own result again;
 * another maker's citation has none.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool#citations
 * @returns null for what has no place in Messages
 */
export function toCitation({ url_citation: cited }: Annotation): Record<string, unknown> | null {
  if (!cited || typeof cited.url !== 'string') return null;
  return {
    type: 'web_search_result_location',
    url: cited.url,
    title: cited.title ?? null,
    cited_text: cited.content ?? '',
    encrypted_index: '',
  };
}
