import { addItem, endItem, placeOf, type ItemStatus, type Output, type OutputItem } from './output-items.js';
import type { JsonObject } from './response-object.js';

const DATA_URL = /^data:image\/([\w.+-]+);base64,/;

/** A picture that the model drew, told as what OpenAI's own tool for pictures gives. */
class ImageItem implements OutputItem {
  status: ItemStatus = 'in_progress';

  constructor(
    readonly id: string,
    readonly outputIndex: number,
    private readonly url: string,
  ) {}

  json(): JsonObject {
    const { id, status } = this;
    const item = { id, type: 'image_generation_call', status };
    return status === 'in_progress' ? { ...item, result: null } : { ...item, ...resultOf(this.url) };
  }
}

/** Says pictures. They come whole, so each item ends where it begins. */
export class ImagesWriter {
  /** @param onOpen ends what may not be open beside a picture */
  constructor(
    private readonly output: Output,
    private readonly onOpen: () => void,
  ) {}

  /**
   * https://platform.openai.com/docs/api-reference/responses-streaming/response/image_generation_call
   * @param url a `data:` URL, or the address where the provider keeps it
   */
  draw(url: string): void {
    this.onOpen();
    const { newId, items } = this.output;
    const item = addItem(this.output, new ImageItem(newId('ig'), items.length, url));
    for (const step of ['in_progress', 'generating', 'completed'])
      this.output.say({ type: `response.image_generation_call.${step}`, ...placeOf(item) });
    endItem(this.output, item, 'completed');
  }
}

/**
 * `result` is base64 by definition, and clients refuse an item that has done without: for a picture that is kept elsewhere
 * it is empty, and the address stands beside it.
 */
function resultOf(url: string): JsonObject {
  const match = DATA_URL.exec(url.slice(0, 64));
  if (!match) return { result: '', url };
  const [head, format = ''] = match;
  return { result: url.slice(head.length), output_format: format === 'jpg' ? 'jpeg' : format };
}

/** Whether clients that know OpenAI alone find the picture in its item. */
export function isInItem(url: string): boolean {
  return DATA_URL.test(url.slice(0, 64));
}
