export { PriceBookModule } from './price-book.module.js';
export { pricedOffers, writePrices } from './write-prices.js';
