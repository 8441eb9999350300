import type { ContentPart } from '@trunkline/contracts';

/**
 * A file or sound as Mistral takes it: a document by an address, which may be its data, and sound as the data alone. The
 * client's own object where nothing differs.
 * Guarantee: only Mistral's declaration asks for it, and Mistral's API has these parts.
 * https://docs.mistral.ai/capabilities/document_ai/document_qna
 * https://github.com/mistralai/client-ts/blob/main/docs/models/components/audiochunk.md
 */
export function mistralPart(part: ContentPart): ContentPart {
  if (part.type === 'input_audio') {
    const written = { ...part, input_audio: part.input_audio.data };
    return written as unknown as ContentPart;
  }
  if (part.type !== 'file' || !part.file.file_data) return part;
  const { file, ...rest } = part;
  const name = file.filename ? { document_name: file.filename } : {};
  const written = { ...rest, type: 'document_url', document_url: file.file_data, ...name };
  return written as unknown as ContentPart;
}
