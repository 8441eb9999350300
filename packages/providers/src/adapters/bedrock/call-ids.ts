import { createHash } from 'node:crypto';
import { UniqueCallIds } from '../../unique-call-ids.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html */
const MOST_LETTERS = 64;
const SHORT = 9;

/**
 * Ids of calls as the model takes them: other providers' may have characters that are refused here, or be too long.
 * @param isShort nine letters and digits, as Mistral's models want them
 */
export function callIds(isShort: boolean): UniqueCallIds {
  return new UniqueCallIds((id) => {
    if (isShort) return /^[a-z0-9]{9}$/i.test(id) ? id : digest(id, SHORT);
    const plain = id.replaceAll(/[^\w-]/g, '_') || '_';
    return plain.length > MOST_LETTERS ? digest(id, MOST_LETTERS) : plain;
  });
}

function digest(id: string, letters: number): string {
  return createHash('sha256').update(id).digest('hex').slice(0, letters);
}
