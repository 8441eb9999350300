import type { Annotation } from '@trunkline/contracts';
import { countOf, isRecord, recordOf, textOf } from '../../loose-json.js';

/**
 * A citation as OpenAI tells it: one annotation for each source that has an address, in the document that the client
 * gave or in what its tool answered. Sources without one have no place in that form; nor have those of a plan or a thought.
 * https://docs.cohere.com/docs/rag-citations
 * @param offset characters of visible text before the block that is cited
 */
export function toAnnotations(citation: unknown, offset: number): Annotation[] {
  if (!isRecord(citation)) return [];
  const type = citation['type'] ?? 'TEXT_CONTENT';
  const sources = Array.isArray(citation['sources']) ? (citation['sources'] as unknown[]) : [];
  if (type !== 'TEXT_CONTENT') return [];
  const start = countOf(citation['start']);
  const end = countOf(citation['end']);
  return sources.flatMap((source): Annotation[] => {
    const cited = { ...recordOf(recordOf(source)['document']), ...recordOf(recordOf(source)['tool_output']) };
    const url = textOf(cited['url']);
    if (!/^https?:/i.test(url)) return [];
    const title = textOf(cited['title']);
    return [
      {
        type: 'url_citation',
        url_citation: {
          url,
          ...(title === '' ? {} : { title }),
          ...(start === null || end === null ? {} : { start_index: offset + start, end_index: offset + end }),
        },
      },
    ];
  });
}
