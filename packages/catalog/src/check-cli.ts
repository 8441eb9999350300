import { checkCatalog } from './check.js';
import { loadCatalog } from './load-catalog.js';

const { errors, warnings, counts } = checkCatalog(loadCatalog(), new Date());
if (process.argv.includes('--warnings')) for (const text of warnings) console.log(`warning  ${text}`);
for (const text of errors) console.error(`error    ${text}`);
const summary = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
console.log(
  `catalog: ${summary.join(', ')}; errors ${errors.length}, warnings ${warnings.length} (--warnings lists them)`,
);
process.exitCode = errors.length > 0 ? 1 : 0;
