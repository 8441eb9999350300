/** Answers a function that prints one line of progress with the seconds since `startedAt` (ms since 1970). */
export function stepPrinter(startedAt) {
  return (line) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
