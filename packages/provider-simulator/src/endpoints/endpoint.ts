import type { ReportedUsage } from '../protocols/protocol.js';
import type { ModelOffer } from '../providers/offers.js';
import type { ProviderProfile } from '../providers/profiles.js';

/** A request to an endpoint beside chat. */
export interface EndpointInput {
  /** JSON, or the fields of a form; its files are `FormFile`s. */
  readonly body: unknown;
  readonly model: string;
  readonly offer: ModelOffer;
  readonly profile: ProviderProfile;
}

export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What such an endpoint answers: all of it at once, or events. */
export type EndpointOutput =
  | {
      readonly kind: 'plain';
      readonly contentType: string;
      readonly body: string | Buffer;
      readonly usage: EndpointUsage;
    }
  | {
      readonly kind: 'events';
      /** With a `type` they carry its name, without one they are data alone. */
      readonly events: readonly object[];
      /** Said behind them. */
      readonly ending?: string;
      readonly usage: EndpointUsage;
    };

export type EndpointUsage = Pick<ReportedUsage, 'promptTokens' | 'completionTokens'>;

/** Answers requests to one endpoint of a protocol. @throws RefusedRequest */
export type Endpoint = (input: EndpointInput) => EndpointOutput;

export function json(value: unknown, promptTokens: number, completionTokens = 0): EndpointOutput {
  return {
    kind: 'plain',
    contentType: 'application/json',
    body: JSON.stringify(value),
    usage: { promptTokens, completionTokens },
  };
}
