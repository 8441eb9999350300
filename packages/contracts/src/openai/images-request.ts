import { z } from 'zod';
import { uploadedFile } from './uploaded-file.js';
import { routingFields } from './routing-fields.js';

const size = z.string().regex(/^(auto|\d{1,5}x\d{1,5})$/, 'must be auto or <width>x<height>.');

const shared = {
  ...routingFields,
  n: z.int().min(1).max(10).nullish(),
  size: size.nullish(),
  response_format: z.enum(['url', 'b64_json']).nullish(),
};

const drawn = {
  ...shared,
  prompt: z.string().min(1),
  quality: z.string().nullish(),
  background: z.string().nullish(),
  output_format: z.string().nullish(),
  output_compression: z.int().min(0).max(100).nullish(),
  partial_images: z.int().min(0).max(3).nullish(),
  stream: z.boolean().nullish(),
};

/** `POST /v1/images/generations`. https://platform.openai.com/docs/api-reference/images/create */
export const imageGenerationRequestSchema = z.looseObject({
  ...drawn,
  style: z.string().nullish(),
  moderation: z.string().nullish(),
});

/** `POST /v1/images/edits`, a form. https://platform.openai.com/docs/api-reference/images/createEdit */
export const imageEditRequestSchema = z.looseObject({
  ...drawn,
  image: z.array(uploadedFile).min(1).max(16),
  mask: uploadedFile.nullish(),
  input_fidelity: z.string().nullish(),
});

/** `POST /v1/images/variations`, a form. https://platform.openai.com/docs/api-reference/images/createVariation */
export const imageVariationRequestSchema = z.looseObject({
  ...shared,
  image: z.array(uploadedFile).length(1),
});

export type ImageGenerationRequest = z.infer<typeof imageGenerationRequestSchema>;
export type ImageEditRequest = z.infer<typeof imageEditRequestSchema>;
export type ImageVariationRequest = z.infer<typeof imageVariationRequestSchema>;

/** What is asked for, whichever of the three doors it came by. */
export type ImagesRequest =
  | { readonly task: 'generate'; readonly request: ImageGenerationRequest }
  | { readonly task: 'edit'; readonly request: ImageEditRequest }
  | { readonly task: 'vary'; readonly request: ImageVariationRequest };
