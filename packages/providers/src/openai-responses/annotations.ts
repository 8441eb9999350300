import type { Annotation } from '@trunkline/contracts';
import { countOf, isRecord, textOf } from '../loose-json.js';

/**
 * A citation of a web page as chat tells it. Those of files at the provider have no place there.
 * @param offset characters of visible text before the part that is cited in
 */
export function toAnnotation(value: unknown, offset: number): Annotation | null {
  if (!isRecord(value) || value['type'] !== 'url_citation' || typeof value['url'] !== 'string') return null;
  const start = countOf(value['start_index']);
  const end = countOf(value['end_index']);
  return {
    type: 'url_citation',
    url_citation: {
      url: value['url'],
      title: textOf(value['title']),
      ...(start === null ? {} : { start_index: start + offset }),
      ...(end === null ? {} : { end_index: end + offset }),
    },
  };
}
