import { startStampedSource } from './source/serve-streams.js';

/** The source's process: an upstream whose chunks say when they left. Its pace comes over the channel. */
const source = startStampedSource(Number(process.env['STAMPED_SOURCE_PORT']));
process.on('message', (pace) => source.setPace(pace as Parameters<typeof source.setPace>[0]));
process.on('disconnect', () => process.exit(0));
