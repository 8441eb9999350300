import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command, type Redis } from 'ioredis';
import { sendTogether } from './send-together.js';

const folder = new URL('../scripts/', import.meta.url);
const library = readFileSync(new URL('lib.lua', folder), 'utf8');

/** One Lua script: the file of its name with the shared library in front. */
export class Script {
  readonly text: string;
  readonly sha: string;

  constructor(name: string) {
    this.text = `${library}\n${readFileSync(new URL(`${name}.lua`, folder), 'utf8')}`;
    this.sha = createHash('sha1').update(this.text).digest('hex');
  }

  /** Runs it by its hash, and with its text where Redis does not know it (any more). */
  async run(redis: Redis, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    sendTogether(redis);
    try {
      return await redis.sendCommand(evalsha(this.sha, keys, values));
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(this.text, keys.length, ...keys, ...values);
    }
  }
}

/** What `redis.evalsha` makes, without looking at each argument twice on its way there: every call takes and settles. */
function evalsha(sha: string, keys: readonly string[], values: readonly (string | number)[]): Command {
  return new Command('evalsha', [sha, keys.length, ...keys, ...values], { replyEncoding: 'utf8' });
}
