export { checkCatalog, type CatalogReport } from './check.js';
export type { CatalogName, NameConflict } from './catalog-names.js';
export {
  completePrices,
  FLOW_FALLBACKS,
  printCompletionTable,
  type CompletedBucket,
  type CompletedPrices,
  type PriceRow,
} from './complete-prices.js';
export { parseUsdPerMillion, parseUsdPerThing } from './decimal-price.js';
export { loadAuthors, loadCatalog, type Catalog } from './load-catalog.js';
export {
  catalogAuthor,
  catalogModel,
  MODEL_KINDS,
  type CatalogAuthor,
  type CatalogModel,
  type ModelCapabilities,
} from './model-schema.js';
export { offerPriceLines, type OfferPriceLine } from './offer-prices.js';
export { catalogOffer, offerPrices, type CatalogOffer, type OfferPrices } from './offer-schema.js';
export { PRICE_FIELD_NAMES, PRICE_FIELDS, type PriceFieldName } from './price-fields.js';
export { offerPriceVersions, type OfferPriceVersion } from './price-versions.js';
export { catalogProvider, PROTOCOLS, type CatalogProvider, type Protocol } from './provider-schema.js';
export { printSimulatorOffers, simulatorOffers, type SimulatorOffers } from './simulator-offers.js';
export { isSold, offerEndsAt, offerId } from './sold-offers.js';
