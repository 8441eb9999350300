import { addUsage, type Usage } from '@trunkline/contracts';
import { countOf, isRecord, recordOf, type JsonRecord } from '../loose-json.js';

/** `prompt_tokens` of an embedding, all of it text; `total_tokens` where that is all that is said. Null without counts. */
export function promptUsage(value: unknown): Usage | null {
  if (!isRecord(value)) return null;
  const tokens =
    countOf(value['prompt_tokens']) ?? countOf(value['input_tokens']) ?? countOf(value['total_tokens']);
  return tokens === null ? null : withoutZeros({ 'input.text': tokens });
}

/**
 * The usage of images, speech and transcripts: `input_tokens` and `output_tokens` with their details.
 * https://platform.openai.com/docs/api-reference/images/object · https://platform.openai.com/docs/api-reference/audio/json-object
 * @param made what output tokens are where no details say
 */
export function tokenUsage(value: unknown, made: 'text' | 'audio' | 'image'): Usage | null {
  if (!isRecord(value)) return null;
  if (value['type'] === 'duration') return durationUsage(value);
  const input = countOf(value['input_tokens']);
  const output = countOf(value['output_tokens']);
  if (input === null && output === null) return null;
  const given = split(
    input ?? 0,
    recordOf(value['input_token_details'] ?? value['input_tokens_details']),
    'text',
  );
  const details = recordOf(value['output_token_details'] ?? value['output_tokens_details']);
  const written = split(output ?? 0, details, made);
  return withoutZeros({
    'input.text': given.text,
    'input.audio': given.audio,
    'input.image': given.image,
    'output.text': written.text,
    'output.audio': written.audio,
    'output.image': written.image,
  });
}

/** Whole seconds, begun ones too, as providers bill them. */
export function durationUsage({ seconds }: JsonRecord): Usage | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0
    ? withoutZeros({ seconds_in: Math.ceil(seconds) })
    : null;
}

interface Split {
  text: number;
  audio: number;
  image: number;
}

/** A total by what it is made of; what the details do not name is `rest`. */
function split(total: number, details: JsonRecord, rest: keyof Split): Split {
  const parts: Split = { text: 0, audio: 0, image: 0 };
  let left = total;
  for (const kind of ['text', 'audio', 'image'] as const) {
    const named = Math.min(countOf(details[`${kind}_tokens`]) ?? 0, left);
    parts[kind] += named;
    left -= named;
  }
  parts[rest] += left;
  return parts;
}

/** The usages of several answers together; null where one has none. */
export function sumUsage(usages: readonly (Usage | null)[]): Usage | null {
  let sum: Usage = {};
  for (const usage of usages) {
    if (!usage) return null;
    sum = addUsage(sum, usage);
  }
  return sum;
}

function withoutZeros(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, units]) => units > 0));
}
