import type { FilePart } from '@trunkline/contracts';

const TEXT = /^data:(text\/[\w.+-]+|application\/(?:json|xml|x-yaml|yaml))(?:;[\w.+-]+=[^;,]*)*;base64,/i;

/**
 * A file of text as a text that says what it is, for targets that take no files.
 * @returns null for a file of another kind
 */
export function textOfFile({ file: { file_data: data, filename } }: FilePart): string | null {
  // Only the head is looked at: the rest may be 30 MB.
  const head = TEXT.exec((data ?? '').slice(0, 256))?.[0];
  if (!data || head === undefined) return null;
  const title = filename ? ` title="${filename.replaceAll('"', "'")}"` : '';
  return `<document${title}>\n${Buffer.from(data.slice(head.length), 'base64').toString('utf8')}\n</document>`;
}
