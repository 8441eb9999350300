import { z } from 'zod';

/** A file of a form, as far as anyone has to know it; its bytes stay where they were put. */
export interface UploadedFile {
  /** Names the bytes among the files of one request. */
  readonly part: number;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
}

export const uploadedFile = z.custom<UploadedFile>(isUploadedFile, { error: 'must be a file.' });

function isUploadedFile(value: unknown): value is UploadedFile {
  return (
    value !== null && typeof value === 'object' && 'part' in value && 'bytes' in value && Boolean(value.bytes)
  );
}
