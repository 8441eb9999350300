import type { Annotation } from '@trunkline/contracts';

/** A citation of a web page as OpenAI tells it. Those of the client's own documents have no place in that form. */
export function toAnnotation(citation: unknown): Annotation | null {
  if (citation === null || typeof citation !== 'object') return null;
  const { type, url, title, cited_text: content } = citation as Record<string, unknown>;
  if (type !== 'web_search_result_location' || typeof url !== 'string') return null;
  return {
    type: 'url_citation',
    url_citation: {
      url,
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof content === 'string' ? { content } : {}),
    },
  };
}
