import { Injectable } from '@nestjs/common';
import { GatewayDatabase } from './gateway-database.js';

/** Reads how far Postgres has confirmed spools. */
@Injectable()
export class ConfirmedPositions {
  constructor(private readonly database: GatewayDatabase) {}

  /**
   * Numbers of the last records whose batches were committed; 0 for a spool that Postgres has not seen.
   * @throws when Postgres does not answer
   */
  async read(spoolIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ id: string; position: string }>(
      'SELECT id, position FROM spool WHERE id = ANY($1)',
      [spoolIds],
    );
    const positions = new Map(spoolIds.map((id) => [id, 0]));
    for (const row of rows) positions.set(row.id, Number(row.position));
    return positions;
  }
}
