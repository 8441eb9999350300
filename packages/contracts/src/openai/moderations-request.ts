import { z } from 'zod';
import { routingFields } from './routing-fields.js';

const part = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('image_url'), image_url: z.looseObject({ url: z.string() }) }),
]);

/** `POST /v1/moderations`. https://platform.openai.com/docs/api-reference/moderations/create */
export const moderationsRequestSchema = z.looseObject({
  ...routingFields,
  input: z.union([z.string(), z.array(z.string()).min(1), z.array(part).min(1)]),
});
export type ModerationsRequest = z.infer<typeof moderationsRequestSchema>;
