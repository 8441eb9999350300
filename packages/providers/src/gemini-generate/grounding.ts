import type { Annotation, SourceCitation } from '@trunkline/contracts';
import { countOf, isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import { pageCitation, type CitedPlace } from '../page-citation.js';
import { traitsOf } from './model-traits.js';

/** Of the answer as a whole; the same in every frame of a stream. */
const NOWHERE: CitedPlace = { start: 0, end: 0 };

/** What a candidate says of where its text comes from. */
export interface Grounding {
  readonly annotations: readonly Annotation[];
  readonly citations: readonly SourceCitation[];
  /** As they are billed. */
  readonly searches: number;
}

/**
 * Pages and documents that the answer rests on, and texts that it repeats.
 * https://ai.google.dev/api/generate-content#GroundingMetadata · https://ai.google.dev/api/generate-content#citationmetadata
 * @param text visible text of the candidate; Google counts in bytes of it
 */
export function groundingOf(candidate: JsonRecord, text: string, model: string): Grounding {
  const annotations: Annotation[] = [];
  const citations: SourceCitation[] = [];
  const { groundingMetadata, citationMetadata } = candidate;
  const grounding = recordOf(groundingMetadata);
  const chunks = recordsOf(grounding['groundingChunks']);
  const cite = (index: number, place: CitedPlace): void => {
    const read = readChunk(chunks[index] ?? {}, index, place);
    if (read?.kind === 'page') annotations.push(read.annotation);
    else if (read) citations.push(read.citation);
  };
  const supports = recordsOf(grounding['groundingSupports']);
  for (const { segment, groundingChunkIndices: indices } of supports) {
    const place = placeOf(recordOf(segment), text);
    for (const index of Array.isArray(indices) ? (indices as unknown[]) : [])
      cite(countOf(index) ?? -1, place);
  }
  if (supports.length === 0) for (const index of chunks.keys()) cite(index, NOWHERE);
  const { citationSources, citations: ofVertex } = recordOf(citationMetadata);
  for (const source of recordsOf(citationSources ?? ofVertex)) {
    const url = textOf(source['uri']);
    if (url === '') continue;
    annotations.push(pageCitation({ url, title: textOf(source['title']) }, placeOf(source, text)));
  }
  return { annotations, citations, searches: searchesOf(grounding, model) };
}

/**
 * Models since 3 bill each query, those before it each answer that was grounded by any.
 * https://ai.google.dev/gemini-api/docs/google-search#pricing
 */
function searchesOf({ webSearchQueries: queries }: JsonRecord, model: string): number {
  const asked = Array.isArray(queries) ? (queries as unknown[]).filter((query) => textOf(query) !== '') : [];
  return traitsOf(model).isThree ? new Set(asked).size : Math.min(asked.length, 1);
}

function readChunk(
  { web, maps, retrievedContext }: JsonRecord,
  index: number,
  place: CitedPlace,
): { kind: 'page'; annotation: Annotation } | { kind: 'source'; citation: SourceCitation } | null {
  const page = isRecord(web) ? web : recordOf(maps);
  if (textOf(page['uri']) !== '') {
    const annotation = pageCitation({ url: textOf(page['uri']), title: textOf(page['title']) }, place);
    return { kind: 'page', annotation };
  }
  if (!isRecord(retrievedContext)) return null;
  const citation: SourceCitation = {
    type: 'source_citation',
    source_id: textOf(retrievedContext['uri']) || null,
    title: textOf(retrievedContext['title']) || null,
    cited_text: textOf(retrievedContext['text']),
    source_index: index,
    location: null,
    start_index: place.start,
    end_index: place.end,
  };
  return { kind: 'source', citation };
}

/** A start of zero is left out, as everywhere in Google's JSON. */
function placeOf({ startIndex, endIndex }: JsonRecord, text: string): CitedPlace {
  const end = countOf(endIndex);
  if (end === null) return NOWHERE;
  const bytes = Buffer.from(text, 'utf8');
  const charactersAt = (at: number): number => bytes.subarray(0, at).toString('utf8').length;
  return { start: charactersAt(countOf(startIndex) ?? 0), end: charactersAt(end) };
}

/** Whatever is no object keeps its place, since supports name chunks by theirs. */
function recordsOf(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? (value as unknown[]).map(recordOf) : [];
}
