export { priceOverridesQuery } from './api/price-book';
export { PriceBook } from './components/price-book';
