import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * Reads docker-compose.yml as compose does: anchors merged, `${NAME}`, `${NAME:-default}`, `${NAME:+other}` and
 * `${NAME:?message}` filled in from `variables`, which are what `.env` says. Throws when a variable that must be set is not.
 */
export function readCompose(root, variables) {
  const document = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  return fill(document, variables);
}

/** The names that the file cannot do without. */
export function requiredVariables(root) {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  return [...new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name))];
}

/** Targets of the Dockerfile with their working folder and command. */
export function readTargets(root) {
  const targets = {};
  let current;
  for (const line of readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8').split('\n')) {
    const from = /^FROM (\S+) AS (\S+)/.exec(line);
    if (from)
      current = targets[from[2]] = { folder: targets[from[1]]?.folder ?? '/', command: undefined, runs: [] };
    const folder = /^WORKDIR (\S+)/.exec(line)?.[1];
    if (folder !== undefined) current.folder = folder;
    const command = /^CMD (\[.*\])$/.exec(line)?.[1];
    if (command !== undefined) current.command = JSON.parse(command);
    const step = /^RUN (.*)$/.exec(line)?.[1];
    if (step !== undefined) current.runs.push(step);
  }
  return targets;
}

/** What is wrong with the two files without running anything; empty when nothing is. */
export function problems(compose, targets) {
  const found = [];
  const oneShots = new Set(
    Object.values(compose.services).flatMap((service) =>
      Object.entries(service.depends_on ?? {})
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([name]) => name),
    ),
  );
  for (const [name, service] of Object.entries(compose.services)) {
    if (service.build !== undefined && targets[service.build.target]?.command === undefined) {
      found.push(`${name}: the Dockerfile has no target ${service.build.target} with a command`);
    }
    if (service.build === undefined && service.image === undefined)
      found.push(`${name}: neither image nor build`);
    if (!oneShots.has(name) && service.healthcheck?.test === undefined)
      found.push(`${name}: no health check`);
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const needed = compose.services[other];
      if (needed === undefined) found.push(`${name}: depends on ${other}, which does not exist`);
      else if (condition === 'service_healthy' && needed.healthcheck === undefined)
        found.push(`${name}: ${other} has no health check`);
    }
    for (const volume of (service.volumes ?? []).filter((each) => typeof each === 'string')) {
      if (!(volume.split(':')[0] in compose.volumes)) found.push(`${name}: volume ${volume} is not declared`);
    }
  }
  return found;
}

function fill(value, variables) {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, variables)]));
}

function fillText(text, variables) {
  return text.replaceAll(/\$\{(\w+)(?::([-?+])([^}]*))?\}/g, (_, name, operator, rest) => {
    const set = variables[name];
    if (set !== undefined && set !== '') return operator === '+' ? rest : set;
    if (operator === '?') throw new Error(`${name} must be set: ${rest}`);
    return operator === '-' ? rest : '';
  });
}
