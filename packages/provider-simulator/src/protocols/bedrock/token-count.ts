import { refuse } from '../native-problem.js';
import type { Operation } from '../protocol.js';
import { Fields } from '../read-fields.js';

const MEMBERS = new Set(['messages', 'system', 'toolConfig', 'additionalModelRequestFields']);

/** Claude alone is counted, and by its own id, which is not that of a profile. https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html */
export function countOperation(model: string): Operation {
  const counted = (raw: unknown): unknown => {
    if (!model.startsWith('anthropic.'))
      refuse([], 'unsupported', "The provided model doesn't support counting tokens");
    const converse = Fields.of(raw, []).object('input')?.raw('converse');
    if (typeof converse !== 'object' || converse === null) refuse(['input'], 'missing', 'input.converse');
    const stranger = Object.keys(converse).find((key) => !MEMBERS.has(key));
    if (stranger !== undefined) refuse([stranger], 'unsupported', `${stranger} is not known`);
    return converse;
  };
  const target = { model, stream: false };
  return { kind: 'count_tokens', endpoint: 'chat', target, counted, anyName: true };
}
