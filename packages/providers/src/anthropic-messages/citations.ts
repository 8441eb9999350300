import type { ChatEvent, SourceCitation } from '@trunkline/contracts';
import { countOf, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import { pageCitation, type CitedPlace } from '../page-citation.js';

export type CitationEvent = Extract<ChatEvent, { type: 'annotation' | 'citation' | 'left_out' }>;

/**
 * A citation: of a web page as OpenAI tells it, of the client's own documents and results in a form of its own.
 * https://docs.claude.com/en/docs/build-with-claude/citations
 * @param place of the block whose text rests on it
 */
export function citationEvent(value: unknown, place: CitedPlace): CitationEvent {
  const cited = recordOf(value);
  const { type, url, title } = cited;
  const words = textOf(cited['cited_text']);
  if (type === 'web_search_result_location' && typeof url === 'string') {
    const page = { url, title: textOf(title), content: words };
    return { type: 'annotation', choice: 0, annotation: pageCitation(page, place) };
  }
  const source = sourceOf(cited);
  if (source === null) return { type: 'left_out', choice: 0, what: 'citations' };
  const at = { start_index: place.start, end_index: place.end };
  const citation: SourceCitation = { type: 'source_citation', cited_text: words, ...source, ...at };
  return { type: 'citation', choice: 0, citation };
}

type Source = Omit<SourceCitation, 'type' | 'cited_text'>;

/** @returns null for a kind that nobody knows */
function sourceOf(cited: JsonRecord): Source | null {
  switch (cited['type']) {
    case 'char_location':
      return documentOf(cited, 'character', 'start_char_index', 'end_char_index');
    case 'page_location':
      return documentOf(cited, 'page', 'start_page_number', 'end_page_number');
    case 'content_block_location':
      return documentOf(cited, 'block', 'start_block_index', 'end_block_index');
    case 'search_result_location':
      return {
        source_id: textOf(cited['source']) || null,
        title: textOf(cited['title']) || null,
        source_index: countOf(cited['search_result_index']),
        location: locationOf(cited, 'block', 'start_block_index', 'end_block_index'),
      };
    default:
      return null;
  }
}

function documentOf(
  cited: JsonRecord,
  unit: 'character' | 'page' | 'block',
  from: string,
  to: string,
): Source {
  const file = textOf(cited['file_id']);
  return {
    source_id: null,
    title: textOf(cited['document_title']) || null,
    source_index: countOf(cited['document_index']),
    location: locationOf(cited, unit, from, to),
    ...(file === '' ? {} : { file_id: file }),
  };
}

function locationOf(
  cited: JsonRecord,
  unit: 'character' | 'page' | 'block',
  from: string,
  to: string,
): SourceCitation['location'] {
  const start = countOf(cited[from]);
  const end = countOf(cited[to]);
  return start === null || end === null ? null : { unit, start, end };
}
