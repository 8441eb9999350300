/** White space that was sent already and may come again at the beginning of what follows it. Pure. */
export class SentSpace {
  /** Characters that were not passed on. */
  skipped = 0;

  /** @param left white space, or nothing */
  constructor(private left: string) {}

  /** @returns what of the text was not sent already */
  without(text: string): string {
    if (this.left === '' || text === '') return text;
    let same = 0;
    while (same < text.length && same < this.left.length && text[same] === this.left[same]) same += 1;
    this.left = same === text.length ? this.left.slice(same) : '';
    this.skipped += same;
    return text.slice(same);
  }
}
