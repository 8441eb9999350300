import { readCarriedState, type ReasoningDetail, type ResponseReasoningItem } from '@trunkline/contracts';

/** `format` of encrypted reasoning that is in no envelope of ours: OpenAI's own, which passes as it is. */
export const OPENAI_STATE_FORMAT = 'openai-responses-v1';

/**
 * One reasoning item as the details of an assistant message: what was seen of it, and its maker's state as it was.
 * @param position among the reasoning items of its turn
 */
export function readReasoning(item: ResponseReasoningItem, position: number): ReasoningDetail[] {
  const text = [...(item.content ?? []), ...(item.summary ?? [])].map((part) => part.text).join('');
  const sealed = item.encrypted_content ?? '';
  const carried = readCarriedState(sealed);
  const index = carried?.index ?? position;
  if (carried === null) {
    const id = item.id ?? null;
    return [
      ...(text === '' ? [] : [visible(text, index, sealed === '' ? null : OPENAI_STATE_FORMAT)]),
      ...(sealed === ''
        ? []
        : [{ type: 'reasoning.encrypted' as const, data: sealed, format: OPENAI_STATE_FORMAT, id, index }]),
    ];
  }
  const { kind, format, data, id } = carried;
  switch (kind) {
    case 'signature':
      return [{ type: 'reasoning.text', text, signature: data, format, index }];
    case 'encrypted':
      return [
        ...(text === '' ? [] : [visible(text, index, format)]),
        { type: 'reasoning.encrypted', data, format, id, index },
      ];
    case 'unsigned':
      return text === '' ? [] : [visible(text, index, format)];
    case 'unfinished':
      return [];
  }
}

/** Whether an item holds state alone: it belongs to the text or the calls beside it, and begins no turn of its own. */
export function isStateAlone(item: ResponseReasoningItem): boolean {
  return !item.summary?.length && !item.content?.length;
}

function visible(text: string, index: number, format: string | null): ReasoningDetail {
  return { type: 'reasoning.text', text, ...(format === null ? {} : { format }), index };
}
