import { countOf, isRecord, recordOf, recordsOf, type JsonRecord } from '../loose-json.js';

/** What of one candidate its chunks have each a piece of. */
interface JointCandidate {
  readonly said: JsonRecord;
  readonly parts: unknown[];
  readonly citationMetadata: Record<string, unknown[]>;
  readonly logprobsResult: Record<string, unknown[]>;
}

/**
 * The chunks of a stream as one answer: parts one after the other, of all else what the last chunk says that has it. A
 * chunk with an error is the answer.
 * @returns null for a list of anything else
 */
export function joinChunks(chunks: readonly unknown[]): JsonRecord | null {
  if (chunks.length === 0 || !chunks.every(isRecord)) return null;
  const failed = chunks.find((chunk) => chunk['error']);
  if (failed) return failed;
  const answer: JsonRecord = {};
  const joint = new Map<number, JointCandidate>();
  for (const chunk of chunks) {
    say(answer, chunk);
    for (const [i, candidate] of recordsOf(chunk['candidates']).entries()) {
      const index = countOf(candidate['index']) ?? i;
      const known = joint.get(index) ?? newCandidate(index);
      joint.set(index, known);
      add(known, candidate);
    }
  }
  const candidates = [...joint]
    .sort(([left], [right]) => left - right)
    .map(([, { said, parts, ...lists }]) => ({ ...said, ...lists, content: { parts } }));
  return { ...answer, candidates };
}

function newCandidate(index: number): JointCandidate {
  return { said: { index }, parts: [], citationMetadata: {}, logprobsResult: {} };
}

function add(joint: JointCandidate, candidate: JsonRecord): void {
  const { content, citationMetadata, logprobsResult, finishReason, ...rest } = candidate;
  say(joint.said, rest);
  const { parts } = recordOf(content);
  if (Array.isArray(parts)) for (const part of parts as unknown[]) joint.parts.push(part);
  addLists(joint.citationMetadata, citationMetadata);
  addLists(joint.logprobsResult, logprobsResult);
  // An ordinary end, which some say with every chunk, takes no other back.
  const isOrdinary = finishReason === 'STOP' || finishReason === 1;
  if (finishReason && (!isOrdinary || !joint.said['finishReason'])) joint.said['finishReason'] = finishReason;
}

function addLists(joint: Record<string, unknown[]>, lists: unknown): void {
  for (const [name, list] of Object.entries(recordOf(lists))) {
    if (!Array.isArray(list)) continue;
    const known = Object.hasOwn(joint, name) ? joint[name] : undefined;
    if (!known) joint[name] = [...(list as unknown[])];
    else for (const item of list as unknown[]) known.push(item);
  }
}

function say(said: JsonRecord, fields: JsonRecord): void {
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null) said[name] = value;
}
