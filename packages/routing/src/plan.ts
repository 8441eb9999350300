import type {
  ModelProjection,
  OfferProjection,
  PriceVersionProjection,
  ProviderEntryProjection,
} from '@trunkline/contracts';
import type { PromptForecast } from '@trunkline/pricing';

/** One (model, provider, region, credential) that can be asked. */
export interface Target {
  /** Names the target for breakers and health: `<offer id>|<entry id>|<credential id>`. */
  readonly key: string;
  readonly model: ModelProjection;
  readonly offer: OfferProjection;
  readonly entry: ProviderEntryProjection;
  readonly credentialId: string | null;
  /** The credential is the caller's own: what the provider charges is between the two of them. */
  readonly ownKey: boolean;
  /** The name to send. */
  readonly providerModel: string;
  /** Why it stands where it stands. */
  readonly reason: string;
  /** In force when the plan was made; null only where the caller's own key takes a model that has none. */
  readonly sellPrice: PriceVersionProjection | null;
  /** Prompt cost and output price of this call here. */
  readonly forecast: PromptForecast;
  /** What the call is expected to cost its customer here. */
  readonly expectedCostNanoUsd: bigint;
}

/** An offer that cannot or may not answer this request. */
export interface LeftOut {
  readonly offerId: string;
  readonly entryId: string | null;
  readonly reason: LeftOutReason;
}

export const LEFT_OUT_REASONS = {
  inactive: 'the offer is not active',
  not_configured: 'no provider entry is configured',
  no_adapter: 'the offer has no endpoint that can be reached from here',
  no_credential: 'the provider entry has no credential',
  protocol: 'it speaks another protocol than a part of the request needs',
  not_paygo: 'free and trial offers stand in :free alone',
  not_free: 'only free and trial offers stand in :free',
  not_longest: 'another offer has a longer context window',
  not_pinned: 'the caller named another provider',
  not_this_version: 'the provider does not sell this dated version',
  unpriced: 'the offer has no price',
  no_tools: 'the model takes no tools',
  no_images: 'the model takes no images',
  no_audio: 'the model takes no audio',
  no_json_schema: 'the model gives no structured output',
  no_reasoning: 'the model does not reason',
  context_window: 'the prompt does not fit the context window',
  provider_only: 'provider.only names others',
  provider_ignore: 'provider.ignore names it',
  provider_order: 'provider.order names others, and fallbacks are off',
  fallbacks_off: 'fallbacks are off',
  max_price: 'it costs more than provider.max_price',
  no_credit: 'the wallet cannot pay for it',
  not_allowed: 'the policy names it as a fallback, and the key may not call it',
  own_only: 'the own key is not to be followed by the platform’s',
  parameters: 'provider.require_parameters: it would not get every parameter',
} as const;
export type LeftOutReason = keyof typeof LEFT_OUT_REASONS;

/** Where to send a call, in order, and why. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly leftOut: readonly LeftOut[];
  /** The variant `:thinking` was asked for: reasoning is to be switched on. */
  readonly thinking: boolean;
}

export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'unknown_model'; readonly model: string; readonly nearest: readonly string[] }
  | { readonly kind: 'not_allowed'; readonly model: string }
  /** The model exists; no offer of it fits this request; `leftOut` says why. */
  | { readonly kind: 'no_target'; readonly model: string; readonly leftOut: readonly LeftOut[] };
