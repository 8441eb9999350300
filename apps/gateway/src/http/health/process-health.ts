import { Injectable } from '@nestjs/common';
import { Admission, Projections, Settlement } from '../../pipeline/ports.js';
import { RunningRequests } from '../running-requests.js';
import type { Health } from './node-health.js';

/** Whether this process may get traffic, and why not. */
@Injectable()
export class ProcessHealth {
  constructor(
    private readonly projections: Projections,
    private readonly admission: Admission,
    private readonly settlement: Settlement,
    private readonly running: RunningRequests,
  ) {}

  ready(): Health {
    const reasons = [
      ...(this.running.isDraining ? ['draining'] : []),
      ...this.projections.notReady(),
      ...this.admission.notReady(),
      ...this.settlement.notReady(),
    ];
    return { ok: reasons.length === 0, reasons };
  }
}
