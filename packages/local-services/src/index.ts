export { requireDiskSpace } from './disk-space.js';
export { endProcess, politeStop, type StopStep } from './end-process.js';
export { unpackDebianPackage, type UnpackedPackage } from './debian-package.js';
export { endLeftoverPostgres } from './leftover-postgres.js';
export { endLeftoverRedis } from './leftover-redis.js';
export { freePorts } from './free-ports.js';
export { requireFreePort } from './ports.js';
export { possibleHomes, removePostgresHome } from './postgres-home.js';
export { commandLine, processToken } from './process-identity.js';
export { findRedis, type RedisProgram } from './redis-program.js';
export type { RunningService } from './running-service.js';
export { explainDiskErrors, ServiceProblem } from './service-problem.js';
export {
  logTail,
  spawnService,
  type ProcessExit,
  type ServiceCommand,
  type ServiceProcess,
} from './service-process.js';
export { startPostgres, type PostgresOptions } from './start-postgres.js';
export { startRedis, type RedisOptions } from './start-redis.js';
