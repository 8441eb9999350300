const path = require('node:path');

// How the dashboard writes its own paths; read by dependency-cruiser, which cannot read TypeScript 7's configuration.
module.exports = { resolve: { alias: { '@': path.join(__dirname, 'apps', 'dashboard', 'src') } } };
