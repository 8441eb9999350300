import type { Annotation, ChatEvent, SourceCitation } from '@trunkline/contracts';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import { pageCitation, type CitedPlace } from '../../page-citation.js';

/** Where the words of a source stand, in documents that clients give and in what Cohere makes of a tool's answer. */
const WORDS = ['snippet', 'text', 'data', 'content'] as const;

/** What one citation becomes: an annotation or a citation for each of its sources. */
type CitationEvent = Extract<ChatEvent, { type: 'annotation' | 'citation' | 'left_out' }>;

/**
 * A citation, source by source: as a page where the source has an address, else as a document that the client gave or
 * what its tool answered. What a plan or a thought cites has no text to stand in.
 * https://docs.cohere.com/docs/rag-citations
 * @param offset characters of visible text before the block that is cited
 */
export function citationEvents(citation: unknown, offset: number): CitationEvent[] {
  if (!isRecord(citation)) return [];
  if ((citation['type'] ?? 'TEXT_CONTENT') !== 'TEXT_CONTENT')
    return [{ type: 'left_out', choice: 0, what: 'citations' }];
  const start = countOf(citation['start']);
  const end = countOf(citation['end']);
  const place = { start: offset + (start ?? 0), end: offset + (end ?? start ?? 0) };
  const sources = Array.isArray(citation['sources']) ? (citation['sources'] as unknown[]) : [];
  return sources.map((value): CitationEvent => {
    const source = recordOf(value);
    const given = { ...recordOf(source['document']), ...recordOf(source['tool_output']) };
    return /^https?:/i.test(textOf(given['url']))
      ? { type: 'annotation', choice: 0, annotation: pageOf(given, place) }
      : { type: 'citation', choice: 0, citation: sourceOf(source, given, place) };
  });
}

function pageOf(given: JsonRecord, place: CitedPlace): Annotation {
  return pageCitation({ url: textOf(given['url']), title: textOf(given['title']) }, place);
}

/** Ids end with the position: `doc:0`, `look_up_1a2b:2`. */
function sourceOf(source: JsonRecord, given: JsonRecord, { start, end }: CitedPlace): SourceCitation {
  const id = textOf(source['id']) || textOf(given['id']) || null;
  const position = /[:_-](\d{1,6})$/.exec(id ?? '')?.[1];
  return {
    type: 'source_citation',
    source_id: id,
    title: textOf(given['title']) || null,
    cited_text: WORDS.map((field) => textOf(given[field])).find((words) => words !== '') ?? '',
    source_index: position === undefined ? null : Number(position),
    location: null,
    start_index: start,
    end_index: end,
  };
}
