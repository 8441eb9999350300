import type { Annotation, SourceCitation } from '@trunkline/contracts';

type Citation = Record<string, unknown> & { type: string };

/**
 * A web page that an answer cites, as Messages says it. `encrypted_index` is for Anthropic to find its own result again;
 * another maker's citation has none.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool#citations
 * @returns null for what has no place in Messages
 */
export function webCitation({ url_citation: cited }: Annotation): Citation | null {
  if (!cited || typeof cited.url !== 'string') return null;
  return {
    type: 'web_search_result_location',
    url: cited.url,
    title: cited.title ?? null,
    cited_text: cited.content ?? '',
    encrypted_index: '',
  };
}

/**
 * A source of the client's own that an answer cites. With a place in characters, pages or blocks of a document it is told
 * as Claude tells it; a source that is cited as a whole is a result of a search, which has a name and no such places.
 * https://platform.claude.com/docs/en/build-with-claude/citations
 */
export function sourceCitation({
  location,
  title,
  cited_text,
  source_id,
  source_index,
  file_id,
}: SourceCitation): Citation {
  if (location === null || source_id !== null)
    return {
      type: 'search_result_location',
      source: source_id ?? '',
      title,
      cited_text,
      search_result_index: source_index ?? 0,
      start_block_index: location?.start ?? 0,
      end_block_index: location?.end ?? 1,
    };
  const document = {
    cited_text,
    document_index: source_index ?? 0,
    document_title: title,
    file_id: file_id ?? null,
  };
  const { unit, start, end } = location;
  switch (unit) {
    case 'character':
      return { type: 'char_location', ...document, start_char_index: start, end_char_index: end };
    case 'page':
      return { type: 'page_location', ...document, start_page_number: start, end_page_number: end };
    case 'block':
      return { type: 'content_block_location', ...document, start_block_index: start, end_block_index: end };
  }
}
