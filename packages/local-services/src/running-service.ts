import type { ServiceProcess } from './service-process.js';

/** A service that answers. */
export interface RunningService extends ServiceProcess {
  /** With user and password, as clients want it. */
  url: string;
  /** Port on 127.0.0.1. */
  port: number;
}
