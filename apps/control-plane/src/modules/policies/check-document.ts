import type { PolicyDocument } from '@trunkline/contracts';
import type { Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import { invalidField } from '../../http/api-error.js';
import { findUnknownModel } from '../models/index.js';

/** Checks what a schema cannot know. @throws ApiError `invalid_request` that names the place in the document */
export async function checkDocument(
  database: Database,
  organizationId: string,
  { failover }: PolicyDocument,
): Promise<void> {
  const models = failover?.fallbackModels ?? [];
  const unknown = await findUnknownModel(database, organizationId, models);
  if (unknown !== -1) {
    const path = `document.failover.fallbackModels.${unknown}`;
    throw invalidField(path, `${path}: there is no model ${models[unknown]}.`);
  }
}

/** As it is stored: what is undefined stays out. */
export function storedDocument(document: PolicyDocument): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(document)) as Prisma.InputJsonObject;
}
