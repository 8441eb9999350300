import type {
  CacheControl,
  ContentPart,
  DocumentBlock,
  ImageBlock,
  SearchResultBlock,
  TextBlock,
} from '@trunkline/contracts';
import type { SourcePaths } from './source-paths.js';

/** What a user, or a tool, may show. */
export type ShownBlock = TextBlock | ImageBlock | DocumentBlock | SearchResultBlock;

/**
 * A block as canonical parts, each with its origin. Documents and search results that are text become text that says
 * what it is: no other dialect has a place for them.
 */
export function toParts(block: ShownBlock, path: string, paths: SourcePaths): ContentPart[] {
  const parts = partsOf(block, path, paths);
  const mark = block.cache_control ?? null;
  const last = parts.at(-1);
  if (mark !== null && last && last.type !== 'refusal') last.cache_control = mark as CacheControl;
  return parts;
}

function partsOf(block: ShownBlock, path: string, paths: SourcePaths): ContentPart[] {
  switch (block.type) {
    case 'text':
      return [paths.note({ type: 'text', text: block.text }, path)];
    case 'image':
      return [imagePart(block, path, paths)];
    case 'document':
      return documentParts(block, path, paths);
    case 'search_result': {
      const text = block.content.map((one) => one.text).join('\n');
      const head = `<search_result source=${quoted(block.source)} title=${quoted(block.title)}>`;
      return [paths.note({ type: 'text', text: `${head}\n${text}\n</search_result>` }, path)];
    }
  }
}

function imagePart({ source }: ImageBlock, path: string, paths: SourcePaths): ContentPart {
  switch (source.type) {
    case 'base64': {
      const url = `data:${source.media_type};base64,${source.data}`;
      return paths.note({ type: 'image_url', image_url: { url } }, `${path}.source.data`);
    }
    case 'url':
      return paths.note({ type: 'image_url', image_url: { url: source.url } }, `${path}.source.url`);
    case 'file':
      return paths.note({ type: 'file', file: { file_id: source.file_id } }, `${path}.source.file_id`);
  }
}

function documentParts(block: DocumentBlock, path: string, paths: SourcePaths): ContentPart[] {
  const { source } = block;
  const title = block.title ?? null;
  switch (source.type) {
    case 'base64': {
      const data = `data:${source.media_type};base64,${source.data}`;
      const file = { file_data: data, filename: title ?? 'document.pdf' };
      return [...contextOf(block, path, paths), paths.note({ type: 'file', file }, `${path}.source.data`)];
    }
    case 'url': {
      const file = { file_data: source.url, ...(title === null ? {} : { filename: title }) };
      return [...contextOf(block, path, paths), paths.note({ type: 'file', file }, `${path}.source.url`)];
    }
    case 'file':
      return [paths.note({ type: 'file', file: { file_id: source.file_id } }, `${path}.source.file_id`)];
    case 'text':
      return [paths.note({ type: 'text', text: asText(block, source.data) }, `${path}.source.data`)];
    case 'content': {
      const { content } = source;
      if (typeof content === 'string')
        return [paths.note({ type: 'text', text: asText(block, content) }, `${path}.source.content`)];
      const [open, close] = tagsOf(block);
      return [
        { type: 'text', text: open },
        ...content.flatMap((one, i) => partsOf(one, `${path}.source.content.${i}`, paths)),
        { type: 'text', text: close },
      ];
    }
  }
}

function contextOf({ context }: DocumentBlock, path: string, paths: SourcePaths): ContentPart[] {
  return context ? [paths.note({ type: 'text', text: context }, `${path}.context`)] : [];
}

function asText(block: DocumentBlock, text: string): string {
  const [open, close] = tagsOf(block);
  return `${open}\n${text}\n${close}`;
}

function tagsOf({ title, context }: DocumentBlock): [open: string, close: string] {
  const head = title ? `<document title=${quoted(title)}>` : '<document>';
  return [context ? `${head}\n<context>${context}</context>` : head, '</document>'];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}
