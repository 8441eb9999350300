import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.module.js';
import { type CatalogView, readCatalogView } from './catalog-view.js';

/** A view is built from thousands of rows and looked at by every page: it is kept this long. */
const KEPT_MS = 2_000;

/** Reads the catalog for lists and pages, at most once in two seconds per price plan. */
@Injectable()
export class CatalogReader {
  private readonly views = new Map<string, { at: number; view: Promise<CatalogView> }>();

  constructor(private readonly database: Database) {}

  read(pricePlanId: string): Promise<CatalogView> {
    const now = Date.now();
    const kept = this.views.get(pricePlanId);
    if (kept && now - kept.at < KEPT_MS) return kept.view;
    const view = readCatalogView(this.database.client, pricePlanId, new Date(now));
    this.views.set(pricePlanId, { at: now, view });
    view.catch(() => this.views.delete(pricePlanId));
    return view;
  }
}
