import { readEnvironment } from '../../src/config/environment.js';
import { startMoney } from '../support/start-money.js';

/** A gateway process that calls for ever; it prints what a client would know: `<call id> <cost>` of answered calls. */
const money = await startMoney(readEnvironment());
const key = process.argv[2] ?? '';

async function client(): Promise<void> {
  for (let n = 0; ; n++) {
    const cost = BigInt(1 + (n % 100));
    const { result, callId } = await money.callWithId(key, cost);
    if (result.kind === 'admitted') process.stdout.write(`${callId} ${cost}\n`);
    await new Promise((resolve) => setTimeout(resolve, n % 3));
  }
}

await Promise.all(Array.from({ length: 20 }, client));
