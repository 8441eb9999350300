import type { ChatRequest } from '@trunkline/contracts';

/** More of a name does not make it another one. */
const READ_CHARACTERS = 128;

/**
 * Which credential of a pool a call begins with, from 0 up to 1. Calls of one conversation begin with the same one, since
 * providers keep prompt caches by account; without a name for it, it is left to chance.
 */
export function poolTurn(request: ChatRequest): number {
  for (const name of [request['prompt_cache_key'], request['session_id'], request.user])
    if (typeof name === 'string' && name !== '') return fractionOf(name);
  return Math.random();
}

/** FNV-1a, spread over 0 to 1. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fractionOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < Math.min(name.length, READ_CHARACTERS); index += 1)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
