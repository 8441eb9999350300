import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { pinnedNode, prepare, quietEnvironment, root } from '../../scripts/lib/prepare.mjs';

/**
 * Does in `folder` what the Dockerfile's build stage does in /built. Installing and building are those of the checkout;
 * the steps after them are taken from the Dockerfile and run as they stand, with its folders mapped.
 */
export async function buildImage(folder, targets, say) {
  await prepare(say);
  const after = targets.build.runs.filter(
    (step) => !step.includes('install --frozen-lockfile') && !step.includes('turbo run build'),
  );
  for (const step of after) {
    const command = step.replaceAll('/built', folder);
    say(`RUN ${step}`);
    const done = spawnSync('/bin/sh', ['-ec', command], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...quietEnvironment,
        PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH}`,
      },
    });
    if (done.status !== 0) throw new Error(`${step} failed:\n${done.stdout}${done.stderr}`);
  }
  return join(folder);
}
