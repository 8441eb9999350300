import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { UploadedFile } from '@trunkline/contracts';
import type { FormField } from '@trunkline/providers';

/** Gives the bytes of an uploaded file, each time from the beginning. */
export type FileReader = (file: UploadedFile) => AsyncIterable<Buffer>;

/** A form as it goes upstream; its length is known, and it can be opened for each attempt anew. */
export interface MultipartBody {
  readonly contentType: string;
  readonly bytes: number;
  open(): Readable;
}

const LINE = '\r\n';

/** Writes a form. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
export function multipartBody(fields: readonly FormField[], read: FileReader): MultipartBody {
  const boundary = `trunkline-${randomUUID()}`;
  const parts = fields.map((field) => ({ field, head: Buffer.from(headOf(field, boundary)) }));
  const end = Buffer.from(`--${boundary}--${LINE}`);
  const bytes = parts.reduce(
    (sum, { field, head }) => sum + head.length + sizeOf(field) + LINE.length,
    end.length,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes,
    open: () => Readable.from(write(parts, end, read)),
  };
}

async function* write(
  parts: readonly { field: FormField; head: Buffer }[],
  end: Buffer,
  read: FileReader,
): AsyncGenerator<Buffer> {
  for (const { field, head } of parts) {
    yield head;
    if ('file' in field) yield* read(field.file);
    else yield Buffer.from(field.value);
    yield Buffer.from(LINE);
  }
  yield end;
}

function sizeOf(field: FormField): number {
  return 'file' in field ? field.file.bytes : Buffer.byteLength(field.value);
}

function headOf(field: FormField, boundary: string): string {
  const disposition = `content-disposition: form-data; name="${escaped(field.name)}"`;
  const lines =
    'file' in field
      ? [
          `${disposition}; filename="${escaped(field.file.fileName || 'file')}"`,
          `content-type: ${mediaType(field.file.contentType)}`,
        ]
      : [disposition];
  return [`--${boundary}`, ...lines, '', ''].join(LINE);
}

/** A client's name may not end the line that it stands in. */
function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function mediaType(contentType: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : 'application/octet-stream';
}
