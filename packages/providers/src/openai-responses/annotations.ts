import type { Annotation, SourceCitation } from '@trunkline/contracts';
import { countOf, isRecord, textOf } from '../loose-json.js';
import { pageCitation } from '../page-citation.js';

/** What a citation becomes: of a web page, of a file at the provider, or of a kind that nobody knows. */
export type ReadAnnotation =
  | { kind: 'page'; annotation: Annotation }
  | { kind: 'source'; citation: SourceCitation }
  | { kind: 'unknown' };

/**
 * A citation of a part of the answer's text.
 * https://platform.openai.com/docs/api-reference/responses/object#responses/object-output
 * @param offset characters of visible text before the part that is cited in
 */
export function readAnnotation(value: unknown, offset: number): ReadAnnotation {
  if (!isRecord(value)) return { kind: 'unknown' };
  const start = countOf(value['start_index']);
  const end = countOf(value['end_index']);
  const place = {
    ...(start === null ? {} : { start_index: start + offset }),
    ...(end === null ? {} : { end_index: end + offset }),
  };
  const { type, url, file_id: fileId } = value;
  if (type === 'url_citation' && typeof url === 'string') {
    const from = offset + (start ?? 0);
    const within = { start: from, end: end === null ? from : offset + end };
    return { kind: 'page', annotation: pageCitation({ url, title: textOf(value['title']) }, within) };
  }
  if (typeof fileId !== 'string') return { kind: 'unknown' };
  const at = countOf(value['index']);
  const citation: SourceCitation = {
    type: 'source_citation',
    source_id: fileId,
    title: textOf(value['filename']) || null,
    cited_text: '',
    source_index: null,
    location: null,
    file_id: fileId,
    ...(at === null ? {} : { end_index: at + offset }),
    ...place,
  };
  return { kind: 'source', citation };
}
