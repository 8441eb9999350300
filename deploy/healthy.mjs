// `node deploy/healthy.mjs <url>`: exits 0 when the address answers 2xx within 3 s. The images have no curl.
const response = await fetch(process.argv[2], { signal: AbortSignal.timeout(3_000) }).catch((error) => error);
if (response.ok === true) process.exit(0);
console.error(
  response.status === undefined ? String(response) : `${response.status} ${await response.text()}`,
);
process.exit(1);
