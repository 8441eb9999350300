export { applyMarkup } from './apply-markup.js';
export { applyShare } from './apply-share.js';
export { affordableOutputTokens, forecastCost, forecastPrompt, type PromptForecast } from './forecast.js';
export {
  costOfUsage,
  type PinnedPrice,
  type PricedUsage,
  priceUsage,
  type PriceUsageInput,
} from './price-usage.js';
export { forecastUsage, inPricedMeasures } from './priced-measures.js';
export { type PriceMoment, unitPrice } from './unit-price.js';
