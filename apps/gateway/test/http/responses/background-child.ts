import { readEnvironment } from '../../../src/config/environment.js';
import { startGateway } from '../../../src/start-gateway.js';

/** A gateway in a process of its own, which a test may kill; it prints its port. */
const gateway = await startGateway(readEnvironment());
process.stdout.write(`${gateway.port}\n`);
process.on('SIGTERM', () => void gateway.stop().then(() => process.exit(0)));
