import type { Annotation } from '@trunkline/contracts';
import { countOf, isRecord, textOf, type JsonRecord } from './loose-json.js';

export interface CitedPage {
  readonly url: string;
  readonly title?: string;
  /** Words of the page. */
  readonly content?: string;
}

/** In characters of the visible text. */
export interface CitedPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * A page that an answer cites, whole: clients of OpenAI refuse an answer whose citation has no title or no place.
 * https://platform.openai.com/docs/api-reference/chat/object
 */
export function pageCitation({ url, title, content }: CitedPage, { start, end }: CitedPlace): Annotation {
  return {
    type: 'url_citation',
    url_citation: {
      url,
      title: title || url,
      start_index: start,
      end_index: Math.max(start, end),
      ...(content ? { content } : {}),
    },
  };
}

/**
 * A `url_citation` as a server of OpenAI's family writes it, put right.
 * @param at characters of the visible text so far, for one that does not say where it stands
 * @returns null for any other annotation
 */
export function readPageCitation(annotation: JsonRecord, at: number): Annotation | null {
  const { type, url_citation: cited } = annotation;
  if (type !== 'url_citation' || !isRecord(cited) || typeof cited['url'] !== 'string') return null;
  const start = countOf(cited['start_index']) ?? at;
  const page = { url: cited['url'], title: textOf(cited['title']), content: textOf(cited['content']) };
  return pageCitation(page, { start, end: countOf(cited['end_index']) ?? start });
}
