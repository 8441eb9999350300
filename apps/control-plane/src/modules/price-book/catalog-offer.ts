import { type CatalogOffer, loadCatalog, offerId as idOf } from '@trunkline/catalog';

/** The catalog's offer with this id, `<model id>@<provider id>`; undefined for any other. */
export function catalogOffer(offerId: string): CatalogOffer | undefined {
  const model = loadCatalog().modelsById.get(offerId.slice(0, offerId.lastIndexOf('@')));
  return model?.offers.find((row) => idOf(model, row) === offerId);
}
