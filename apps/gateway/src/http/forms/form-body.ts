import type { UploadedFile } from '@trunkline/contracts';
import type { StoredFile } from './stored-file.js';

/** A form as it came: text and files by name, in order; what is named `x[]` or comes twice is a list. */
export class FormBody {
  private readonly files: StoredFile[] = [];
  private readonly found = new Map<string, (string | UploadedFile)[]>();
  private readonly lists = new Set<string>();

  get fields(): Readonly<Record<string, unknown>> {
    // Entries, so that a field named `__proto__` is one like all others.
    return Object.fromEntries(
      [...this.found].map(([name, values]) => [
        name,
        values.length > 1 || this.lists.has(name) ? values : values[0],
      ]),
    );
  }

  addText(name: string, value: string): void {
    this.add(name, value);
  }

  addFile(name: string, file: StoredFile, about: Omit<UploadedFile, 'part' | 'bytes'>): void {
    this.add(name, { ...about, part: this.files.length, bytes: file.bytes });
    this.files.push(file);
  }

  read(file: UploadedFile): AsyncGenerator<Buffer> {
    const stored = this.files[file.part];
    if (!stored) throw new RangeError('no such file in this form');
    return stored.read();
  }

  async discard(): Promise<void> {
    await Promise.all(this.files.map((file) => file.discard()));
  }

  private add(name: string, value: string | UploadedFile): void {
    const isList = name.endsWith('[]');
    const key = isList ? name.slice(0, -2) : name;
    if (isList) this.lists.add(key);
    const known = this.found.get(key);
    if (known) known.push(value);
    else this.found.set(key, [value]);
  }
}
