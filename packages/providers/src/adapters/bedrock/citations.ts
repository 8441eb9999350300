import type { Annotation } from '@trunkline/contracts';
import { recordOf, textOf } from '../../loose-json.js';

/**
 * A citation of a web page as OpenAI tells it. Those of the client's own documents have no place in that form.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html
 */
export function toAnnotation(citation: unknown): Annotation | null {
  const { location, title, sourceContent } = recordOf(citation);
  const { url } = recordOf(recordOf(location)['web']);
  if (typeof url !== 'string') return null;
  const sources = Array.isArray(sourceContent) ? (sourceContent as unknown[]) : [];
  const content = sources.map((source) => textOf(recordOf(source)['text'])).join('');
  return {
    type: 'url_citation',
    url_citation: {
      url,
      ...(typeof title === 'string' ? { title } : {}),
      ...(content === '' ? {} : { content }),
    },
  };
}
