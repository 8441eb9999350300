import { writeFileSync } from 'node:fs';
import { DATA_FOLDER, loadCatalog } from './load-catalog.js';
import { printSimulatorOffers, simulatorOffers } from './simulator-offers.js';

writeFileSync(
  new URL('simulator-offers.json', DATA_FOLDER),
  printSimulatorOffers(simulatorOffers(loadCatalog())),
);
