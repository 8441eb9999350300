import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvFile } from './lib/env-file.mjs';

// Before anything asks where the state is.
readEnvFile();
const { root, stateDir } = await import('./lib/prepare.mjs');

// `npm run reset`: stops what runs and deletes what it kept. Without a built launcher nothing can have been started.
const reset = join(root, 'packages', 'launcher', 'dist', 'reset.js');
if (existsSync(reset))
  process.exit(spawnSync(process.execPath, [reset], { cwd: root, stdio: 'inherit' }).status ?? 1);
rmSync(stateDir, { recursive: true, force: true });
console.log(`${stateDir} is gone; "npm start" begins anew.`);
