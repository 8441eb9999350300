import type { ChatEvent, SourceCitation } from '@trunkline/contracts';
import { countOf, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import { pageCitation, type CitedPlace } from '../../page-citation.js';

export type CitationEvent = Extract<ChatEvent, { type: 'annotation' | 'citation' | 'left_out' }>;

const UNITS = { documentChar: 'character', documentPage: 'page', documentChunk: 'block' } as const;

/**
 * A citation: of a web page as OpenAI tells it, of the client's own documents and results in a form of its own.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html
 * @param at place of the block whose text rests on it
 */
export function citationEvent(value: unknown, at: CitedPlace): CitationEvent {
  const { location, title, source, sourceContent } = recordOf(value);
  const place = recordOf(location);
  const sources = Array.isArray(sourceContent) ? (sourceContent as unknown[]) : [];
  const words = sources.map((one) => textOf(recordOf(one)['text'])).join('');
  const { url } = recordOf(place['web']);
  if (typeof url === 'string') {
    const page = { url, title: textOf(title), content: words };
    return { type: 'annotation', choice: 0, annotation: pageCitation(page, at) };
  }
  const found = placeOf(place);
  if (found === null && textOf(source) === '') return { type: 'left_out', choice: 0, what: 'citations' };
  return {
    type: 'citation',
    choice: 0,
    citation: {
      type: 'source_citation',
      // Names stand for results of searches; documents are told by their position.
      source_id: found?.isDocument ? null : textOf(source) || null,
      title: textOf(title) || null,
      cited_text: words,
      source_index: found?.index ?? null,
      location: found?.location ?? null,
      start_index: at.start,
      end_index: at.end,
    },
  };
}

function placeOf(
  place: JsonRecord,
): { isDocument: boolean; index: number | null; location: SourceCitation['location'] } | null {
  for (const [kind, unit] of Object.entries(UNITS)) {
    const within = recordOf(place[kind]);
    const index = countOf(within['documentIndex']);
    if (index !== null) return { isDocument: true, index, location: locationOf(within, unit) };
  }
  const within = recordOf(place['searchResultLocation']);
  const index = countOf(within['searchResultIndex']);
  return index === null ? null : { isDocument: false, index, location: locationOf(within, 'block') };
}

function locationOf(
  { start, end }: JsonRecord,
  unit: 'character' | 'page' | 'block',
): SourceCitation['location'] {
  const [from, to] = [countOf(start), countOf(end)];
  return from === null || to === null ? null : { unit, start: from, end: to };
}
